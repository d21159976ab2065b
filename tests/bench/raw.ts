/** The floor: better-sqlite3 alone, in process, no server around it: prints the calls per second of each job as JSON. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { newOrder } from './by-hand-schema.ts'
import { fill, me, openFile, statements } from './by-hand-sqlite.ts'
import { orderAt, owners, type Sizes } from './trade.ts'

const { folder, sizes } = JSON.parse(process.argv[2] ?? '{}') as { readonly folder: string; readonly sizes: Sizes }
const db = openFile(join(folder, 'raw.sqlite'))
fill(db, sizes)
const { one, page, insert, update, sums } = statements(db)
const mine = Array.from({ length: 500 }, (_, index) => orderAt(index * owners, sizes))
const bulk = 10_000

function perSecond(count: number, work: (index: number) => void): number {
  for (let index = 0; index < count / 10; index += 1) work(index)
  const start = performance.now()
  for (let index = 0; index < count; index += 1) work(index)
  return Math.round((count * 1000) / (performance.now() - start))
}

const added = (serial: string) => {
  const { id: _id, owner: _owner, total: _total, ...order } = mine[0] as (typeof mine)[number]
  return newOrder({ ...order, number: serial }, { id: randomUUID(), owner: me })
}
const versions = new Map<string, number>()
const rates = {
  get: perSecond(20_000, (index) => void one.get(mine[index % mine.length]?.id, me)),
  'list of 50, customer expanded': perSecond(2_000, () => void page.all(me)),
  create: perSecond(2_000, (index) => void insert.run(added(`R-${index}`))),
  update: perSecond(2_000, (index) => {
    const id = mine[index % mine.length]?.id ?? ''
    const version = versions.get(id) ?? 1
    if (update.run(`note ${index}`, '2026-01-01T00:00:00.000Z', id, me, version).changes !== 1) throw new Error(id)
    versions.set(id, version + 1)
  }),
  aggregate: perSecond(200, () => void sums.all(me)),
  import: Math.round(
    bulk *
      perSecond(3, () =>
        db.transaction(() => {
          for (let index = 0; index < bulk; index += 1) insert.run(added(`I-${index}`))
        })(),
      ),
  ),
}
process.stdout.write(`${JSON.stringify(rates)}\n`)
