/** The yardstick: the same job written by hand with fastify, ajv and better-sqlite3: validation, row rule, same indexes, synchronous=FULL. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import fastify from 'fastify'
import { newOrder, noteBody, type OrderBody, type OrderRow, orderBody, versionOf, wire } from './by-hand-schema.ts'
import { fill, me, openFile, statements } from './by-hand-sqlite.ts'
import type { Sizes } from './trade.ts'

const { folder, sizes } = JSON.parse(process.argv[2] ?? '{}') as { readonly folder: string; readonly sizes: Sizes }
const db = openFile(join(folder, 'by-hand.sqlite'))
fill(db, sizes)
const { one, page, insert, update, visible, sums } = statements(db)

const server = fastify({ bodyLimit: 64 * 1024 * 1024 })
server.get<{ Params: { id: string } }>('/orders/:id', (request, reply) => {
  const row = one.get(request.params.id, me)
  return row ? wire(row as OrderRow) : reply.code(404).send({})
})
server.get('/orders', () => ({ records: (page.all(me) as OrderRow[]).map(wire) }))
server.get('/sums', () => ({ rows: sums.all(me) }))
server.post<{ Body: OrderBody }>('/orders', { schema: { body: orderBody } }, (request, reply) => {
  if (!visible.get(request.body.customer, me)) return reply.code(422).send({})
  const row = newOrder(request.body, { id: randomUUID(), owner: me })
  insert.run(row)
  return reply.code(201).send(wire(one.get(row.id, me) as OrderRow))
})
server.patch<{ Params: { id: string }; Body: { note: string } }>(
  '/orders/:id',
  { schema: { body: noteBody } },
  ({ params, body, headers }, reply) => {
    const changed = update.run(body.note, new Date().toISOString(), params.id, me, versionOf(headers['if-match']))
    return changed.changes === 0 ? reply.code(409).send({}) : wire(one.get(params.id, me) as OrderRow)
  },
)
/** Many at once: each one validated and its customer looked up, all in one transaction. */
server.post<{ Body: readonly OrderBody[] }>(
  '/bulk',
  { schema: { body: { type: 'array', items: orderBody } } },
  (request, reply) => {
    const all = db.transaction((orders: readonly OrderBody[]) => {
      for (const order of orders) {
        if (!visible.get(order.customer, me)) throw new Error('no such customer')
        insert.run(newOrder(order, { id: randomUUID(), owner: me }))
      }
    })
    all(request.body)
    return reply.code(201).send({ created: request.body.length })
  },
)

const address = await server.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`ready at ${address}\n`)
