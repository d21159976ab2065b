/** The yardstick on PostgreSQL: the same job by hand with fastify, ajv and pg. */
import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import pg from 'pg'
import {
  indexes,
  newOrder,
  noteBody,
  type OrderBody,
  type OrderRow,
  orderBody,
  scaled,
  versionOf,
  wire,
} from './by-hand-schema.ts'
import { me, ownerName } from './by-hand-sqlite.ts'
import { customerAt, orderAt, type Sizes } from './trade.ts'

const { url, sizes } = JSON.parse(process.argv[2] ?? '{}') as { readonly url: string; readonly sizes: Sizes }
const pool = new pg.Pool({ connectionString: url, max: 12 })
const columns = 'id, version, owner, number, customer, order_date, status, quantity, price, total, note, updated_at'

await pool.query(`
  create table customer (id text collate "C" primary key, version integer not null, owner text collate "C" not null, name text not null, tier text, credit bigint);
  create table orders (id text collate "C" primary key, version integer not null, owner text collate "C" not null, number text collate "C" not null, customer text collate "C" not null references customer (id),
    order_date text collate "C" not null, status text collate "C", quantity bigint, price bigint, total bigint, note text, updated_at text);
  ${indexes.join(';')}`)
await fill('customer', 6, sizes.customers, (index) => {
  const { id, owner, name, tier, credit } = customerAt(index)
  return [id, 1, ownerName(owner), name, tier, scaled(credit)]
})
await fill('orders', 12, sizes.orders, (index) => {
  const { id, owner, number, customer, order_date, status, quantity, price, total, note } = orderAt(index, sizes)
  const money = [scaled(price), scaled(total)]
  return [
    id,
    1,
    ownerName(owner),
    number,
    customer,
    order_date,
    status,
    quantity,
    ...money,
    note,
    '2026-01-01T00:00:00.000Z',
  ]
})
await pool.query('analyze')

/** The rows of the table, five thousand values at a time. */
async function fill(
  table: string,
  width: number,
  count: number,
  make: (index: number) => readonly unknown[],
): Promise<void> {
  const perInsert = Math.floor(5_000 / width)
  for (let start = 0; start < count; start += perInsert) {
    const rows = Array.from({ length: Math.min(perInsert, count - start) }, (_, index) => make(start + index))
    const places = rows.map(
      (_, row) => `(${Array.from({ length: width }, (__, at) => `$${row * width + at + 1}`).join()})`,
    )
    await pool.query(`insert into ${table} values ${places.join()}`, rows.flat())
  }
}

const one = {
  name: 'one',
  text: 'select o.*, c.name as customer_name from orders o join customer c on c.id = o.customer where o.id = $1 and o.owner = $2',
}
const page = {
  name: 'page',
  text: 'select o.*, c.name as customer_name, c.tier, c.credit from orders o join customer c on c.id = o.customer where o.owner = $1 order by o.order_date desc, o.id desc limit 50',
}
const insert = {
  name: 'insert',
  text: `insert into orders (${columns}) values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
}
const update = {
  name: 'update',
  text: 'update orders set version = version + 1, note = $1, updated_at = $2 where id = $3 and owner = $4 and version = $5',
}
const visible = { name: 'visible', text: 'select 1 from customer where id = $1 and owner = $2' }
const sums = {
  name: 'sums',
  text: 'select status, count(*) as count, sum(total) as total from orders where owner = $1 group by status order by status',
}

async function orderOf(id: string): Promise<OrderRow | undefined> {
  return (await pool.query({ ...one, values: [id, me] })).rows[0]
}

const server = fastify({ bodyLimit: 64 * 1024 * 1024 })
server.get<{ Params: { id: string } }>('/orders/:id', async (request, reply) => {
  const row = await orderOf(request.params.id)
  return row ? wire(row) : reply.code(404).send({})
})
server.get('/orders', async () => ({ records: (await pool.query({ ...page, values: [me] })).rows.map(wire) }))
server.get('/sums', async () => ({ rows: (await pool.query({ ...sums, values: [me] })).rows }))
server.post<{ Body: OrderBody }>('/orders', { schema: { body: orderBody } }, async (request, reply) => {
  const { rowCount } = await pool.query({ ...visible, values: [request.body.customer, me] })
  if (rowCount === 0) return reply.code(422).send({})
  const row = newOrder(request.body, { id: randomUUID(), owner: me })
  await pool.query({ ...insert, values: Object.values(row) })
  return reply.code(201).send(wire((await orderOf(row.id)) as OrderRow))
})
server.patch<{ Params: { id: string }; Body: { note: string } }>(
  '/orders/:id',
  { schema: { body: noteBody } },
  async ({ params, body, headers }, reply) => {
    const values = [body.note, new Date().toISOString(), params.id, me, versionOf(headers['if-match'])]
    const { rowCount } = await pool.query({ ...update, values })
    return rowCount === 0 ? reply.code(409).send({}) : wire((await orderOf(params.id)) as OrderRow)
  },
)
server.post<{ Body: readonly OrderBody[] }>(
  '/bulk',
  { schema: { body: { type: 'array', items: orderBody } } },
  async (request, reply) => {
    const client = await pool.connect()
    try {
      await client.query('begin')
      for (const order of request.body) {
        const { rowCount } = await client.query({ ...visible, values: [order.customer, me] })
        if (rowCount === 0) throw new Error('no such customer')
        const row = newOrder(order, { id: randomUUID(), owner: me })
        await client.query({ ...insert, values: Object.values(row) })
      }
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
    return reply.code(201).send({ created: request.body.length })
  },
)

const address = await server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`ready at ${address}\n`)
