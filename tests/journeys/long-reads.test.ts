/** Aggregates, whole counts and exports beside everything else: what is short is answered while they run. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { aggregateRecords } from '#records/aggregate.ts'
import { exportRecords } from '#records/export/run.ts'
import { getRecord, listRecords } from '#records/read.ts'
import { createRecord, updateRecord } from '#records/write.ts'
import { physicalName } from '#storage/names.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest } from '#tests/support/records.ts'

const forms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'entry',
    label: 'Entry',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'amount', type: 'decimal', scale: 2 },
      { name: 'note', type: 'text' },
    ],
  },
]
const many = 120_000
/** Of an export. */
const rowsPerPage = 500
/** Computed for each row: the slowest thing that a caller can ask of a table. */
const slow = { filter: { '>': [{ '*': [{ '/': [{ var: 'amount' }, 3] }, 7] }, 0] } }

onEachDatabase('while a long read runs', (database) => {
  let test: RecordsUnderTest
  let id = ''

  beforeAll(async () => {
    test = await openRecords(database, forms)
    id = (await createRecord(test.admin, { verb: 'create', form: 'entry', body: { name: 'first', amount: '1.00' } })).id
    await test.workspace.db.write((db) => fill(db, { form: 'entry', id }))
  })
  afterAll(() => test.close())

  it('records are read, listed and written, and the sums are of the moment when it began', async () => {
    await aggregateRecords(test.admin, 'entry', { filter: { '==': [{ var: 'name' }, 'first'] } })
    const order: string[] = []
    const long = aggregateRecords(test.admin, 'entry', { measures: [{ op: 'sum', field: 'amount' }], ...slow })
    const answered = long.then(({ rows }) => order.push(`aggregate ${JSON.stringify(rows)}`))
    await getRecord(test.admin, 'entry', id).then(({ name }) => order.push(`get ${String(name)}`))
    await listRecords(test.admin, 'entry', { limit: 3 }).then(({ records }) => order.push(`list ${records.length}`))
    const change = { verb: 'update' as const, form: 'entry', id, version: 1, body: { note: 'seen' } }
    await updateRecord(test.admin, change).then(() => order.push('update'))
    await answered
    expect(order).toEqual(['get first', 'list 3', 'update', `aggregate [{"sum_amount":"${many}.00","count":${many}}]`])
  })

  it('a whole count lets others pass too', async () => {
    const order: string[] = []
    const counted = listRecords(test.admin, 'entry', { count: 'exact', limit: 1, ...slow }).then(({ count }) =>
      order.push(`count ${count}`),
    )
    await getRecord(test.admin, 'entry', id).then(() => order.push('get'))
    await counted
    expect(order).toEqual(['get', `count ${many}`])
  })

  it('an export reads the next page only when the one before is taken', async () => {
    const { load } = test.workspace.db
    const statements = () => load.call(test.workspace.db).statements
    const before = statements()
    const { bytes } = await exportRecords(test.admin, 'entry', { format: 'csv', fields: ['name', 'amount'] })
    const perPage = statements() - before
    let taken = 0
    let chunks = 0
    for await (const chunk of bytes) {
      taken += Buffer.from(chunk).toString('utf8').split('\n').length - 1
      const read = ((statements() - before) / perPage) * rowsPerPage
      expect(read - (taken - 1)).toBeLessThanOrEqual(rowsPerPage)
      if (chunks++ > 20) break
    }
    expect(taken).toBeGreaterThan(15 * rowsPerPage)
  })

  it('a workbook whose reader stops reads no further', async () => {
    const before = test.workspace.db.load().statements
    const { bytes } = await exportRecords(test.admin, 'entry', { format: 'xlsx', fields: ['name', 'amount'] })
    const perPage = test.workspace.db.load().statements - before
    let size = 0
    for await (const chunk of bytes) {
      size += chunk.byteLength
      if (size > 100_000) break
    }
    const pages = (test.workspace.db.load().statements - before) / perPage
    expect(pages).toBeGreaterThan(1)
    expect(pages * rowsPerPage).toBeLessThan(many / 4)
  })
})

/** The one record again and again, by the database itself. */
async function fill(
  db: Parameters<Parameters<RecordsUnderTest['workspace']['db']['write']>[0]>[0],
  { form, id }: { readonly form: string; readonly id: string },
): Promise<void> {
  const table = physicalName(form)
  const row = await db.selectFrom(table).selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const others = Object.keys(row).filter((name) => name !== 'id')
  await sql`insert into ${sql.id(table)} (id, ${sql.join(others.map((name) => sql.id(name)))})
    with recursive n(i) as (select 2 union all select i + 1 from n where i < ${sql.lit(many)})
    select 'copy-' || i, ${sql.join(others.map((name) => sql.ref(`o.${name}`)))} from n, ${sql.id(table)} as o where o.id = ${id}`.execute(
    db,
  )
}
