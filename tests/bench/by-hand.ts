/** The yardstick: the same job written by hand with fastify, ajv and better-sqlite3: validation, row rule, same indexes, synchronous=FULL. Keeps no change log. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fastify from 'fastify'
import { customerAt, orderAt, sizes } from './trade.ts'

const folder = process.argv[2] as string
const db = new Database(join(folder, 'by-hand.sqlite'))
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.pragma('foreign_keys = ON')
db.exec(`
  create table customer (id text primary key, version integer not null, owner text not null, name text not null, tier text, credit integer) without rowid;
  create table orders (id text primary key, version integer not null, owner text not null, number text not null, customer text not null references customer (id),
    order_date text not null, status text, quantity integer, price integer, total integer, note text, updated_at text) without rowid;
  create index orders_customer on orders (customer); create index orders_owner on orders (owner, id); create index orders_date on orders (order_date, id); create index orders_number on orders (number, id);
`)
const owners = Array.from({ length: sizes.owners }, (_, index) => `owner-${index}`)
const customers = Array.from({ length: sizes.customers }, () => randomUUID())
db.transaction(() => {
  const insertCustomer = db.prepare('insert into customer values (?, 1, ?, ?, ?, ?)')
  for (const [index, id] of customers.entries()) {
    const { name, tier, credit } = customerAt(index)
    insertCustomer.run(id, owners[index % owners.length], name, tier, scaled(credit))
  }
  const insertOrder = db.prepare('insert into orders values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
  for (let index = 0; index < sizes.orders; index++) {
    const order = orderAt(index)
    insertOrder.run(
      randomUUID(),
      owners[order.customer % owners.length],
      order.number,
      customers[order.customer],
      order.order_date,
      order.status,
      order.quantity,
      scaled(order.price),
      scaled(order.total),
      order.note,
      '2026-01-01',
    )
  }
})()
db.exec('analyze')

const me = owners[0] as string
const one = db.prepare(
  'select o.*, c.name as customer_name from orders o join customer c on c.id = o.customer where o.id = ? and o.owner = ?',
)
const page = db.prepare(
  'select o.*, c.name as customer_name, c.tier, c.credit from orders o join customer c on c.id = o.customer where o.owner = ? order by o.order_date desc, o.id desc limit 50',
)
const insert = db.prepare(
  'insert into orders values (@id, 1, @owner, @number, @customer, @order_date, @status, @quantity, @price, @total, @note, @updated_at)',
)
const update = db.prepare(
  'update orders set version = version + 1, note = ?, updated_at = ? where id = ? and owner = ? and version = ?',
)
const visible = db.prepare('select 1 from customer where id = ? and owner = ?')
const sums = db.prepare(
  'select status, count(*) as count, sum(total) as total from orders where owner = ? group by status order by status',
)

const text = (max: number) => ({ type: 'string', maxLength: max }) as const
const body = {
  type: 'object',
  additionalProperties: false,
  required: ['number', 'customer', 'order_date'],
  properties: {
    number: text(40),
    customer: text(40),
    order_date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    status: { enum: ['draft', 'sent', 'paid'] },
    quantity: { type: 'integer', minimum: 0 },
    price: { type: 'string', pattern: '^\\d{1,13}(\\.\\d{1,2})?$' },
    note: text(500),
  },
} as const

interface OrderBody {
  readonly number: string
  readonly customer: string
  readonly order_date: string
  readonly status?: string
  readonly quantity?: number
  readonly price?: string
  readonly note?: string
}

const server = fastify()
server.get<{ Params: { id: string } }>('/orders/:id', (request, reply) => {
  const row = one.get(request.params.id, me)
  return row ? wire(row as Row) : reply.code(404).send({})
})
server.get('/orders', () => ({ records: (page.all(me) as Row[]).map(wire) }))
server.get('/sums', () => ({ rows: sums.all(me) }))
server.get('/sample', () => ({
  order: (page.all(me) as Row[])[0]?.id,
  orders: (page.all(me) as Row[]).map((row) => row.id),
  customer: customers[0],
}))
server.post<{ Body: OrderBody }>('/orders', { schema: { body } }, (request, reply) => {
  const { body: order } = request
  if (!visible.get(order.customer, me)) return reply.code(422).send({})
  const price = order.price === undefined ? null : scaled(order.price)
  const row = {
    id: randomUUID(),
    owner: me,
    ...order,
    status: order.status ?? 'draft',
    quantity: order.quantity ?? null,
    price,
    total: price === null || order.quantity === undefined ? null : price * order.quantity,
    note: order.note ?? null,
    updated_at: new Date().toISOString(),
  }
  insert.run(row)
  return reply.code(201).send(wire(one.get(row.id, me) as Row))
})
server.patch<{ Params: { id: string }; Body: { note: string } }>(
  '/orders/:id',
  { schema: { body: { type: 'object', additionalProperties: false, properties: { note: text(500) } } } },
  (request, reply) => {
    const version = Number(String(request.headers['if-match']).replaceAll('"', ''))
    if (update.run(request.body.note, new Date().toISOString(), request.params.id, me, version).changes === 0)
      return reply.code(409).send({})
    return wire(one.get(request.params.id, me) as Row)
  },
)

interface Row {
  readonly id: string
  readonly customer: string
  readonly customer_name: string
  readonly price: number | null
  readonly total: number | null
}

function wire(row: Row) {
  return {
    ...row,
    customer: { id: row.customer, title: row.customer_name },
    price: row.price === null ? null : (row.price / 100).toFixed(2),
    total: row.total === null ? null : (row.total / 100).toFixed(2),
  }
}

function scaled(value: string): number {
  return Math.round(Number(value) * 100)
}

const address = await server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`ready at ${address}\n`)
