/** The read path: the only functions that turn a plan into SQL. */
import { sql } from 'kysely'
import type { TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { type Connection, dialectOf } from './connection.ts'
import { afterKey, bindCursor, keyColumns, keyOf, orderBy, orderKeys } from './paging.ts'
import type { ResultRow } from './prepared.ts'
import { Frame } from './query-frame.ts'
import type { ListAnswer, ListPlan, ListRow, Selection } from './query-plan.ts'
import { rowsOf } from './rows-store.ts'
import { withSearch } from './search.ts'
import { recordColumns } from './shapes.ts'
import type { StoredRecord } from './stored-record.ts'
import { LinkedIds } from './titles.ts'

export { runAggregate } from './aggregate.ts'

/** A page of records, their rows and links, and the titles of what they link to. */
export async function runList(db: Connection, asked: ListPlan): Promise<ListAnswer> {
  const plan = await withSearch(db, asked)
  const frame = new Frame(plan, dialectOf(db), plan.conditions)
  const keys = orderKeys(frame, plan.sort)
  const found = await selectPage(db, plan, { frame, keys })
  const page = found.slice(0, plan.limit)
  const rows = await recordsOf(db, plan, { frame, page })
  const last = found.length > plan.limit ? page.at(-1) : undefined
  const titles = await linkedIds(
    plan,
    rows.map((row) => row.record),
  ).titles(db, plan)
  return { rows, titles, next: last === undefined ? null : keyOf(last, keys) }
}

/** At most `cap`: a larger number is not counted to its end. */
export async function runCount(db: Connection, selection: Selection, cap: number): Promise<number> {
  const frame = new Frame(await withSearch(db, selection), dialectOf(db))
  const source = frame.source()
  const limit = cap >= Number.MAX_SAFE_INTEGER ? sql`` : sql` limit ${cap}`
  const { rows } = await sql<{
    count: number
  }>`${frame.tables.with()}select count(*) as count from (select 1 as one ${source}${limit}) as counted`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

interface Page {
  readonly frame: Frame
  readonly keys: ReturnType<typeof orderKeys>
}

/** One row more than asked for tells whether there is a next page. */
async function selectPage(db: Connection, plan: ListPlan, { frame, keys }: Page): Promise<readonly ResultRow[]> {
  const flags = (plan.conditions ?? []).map((_, index) => sql`${frame.flag(index)} as ${sql.id(`c$${index}`)}`)
  const columns = columnNames(plan, frame).map((name) => sql`${frame.raw(name)} as ${sql.id(name)}`)
  const selected = sql.join([...columns, ...flags, ...keyColumns(frame, keys)])
  const found: ResultRow[] = []
  const parts = plan.after === undefined ? [sql`1 = 1`] : afterKey(keys, bindCursor(keys, plan.after))
  for (const part of parts) {
    const source = frame.source([part])
    const limit = plan.limit + 1 - found.length
    if (limit === 0) break
    const { rows } =
      await sql<ResultRow>`${frame.tables.with()}select ${selected} ${source} ${orderBy(frame, keys)} limit ${limit}`.execute(
        db,
      )
    found.push(...rows)
  }
  return found
}

function columnNames(plan: ListPlan, frame: Frame): readonly string[] {
  const { records } = frame.store
  return [...recordColumns, ...records.fields.map((column) => column.name).filter((name) => plan.select.includes(name))]
}

async function recordsOf(
  db: Connection,
  plan: ListPlan,
  { frame, page }: { readonly frame: Frame; readonly page: readonly ResultRow[] },
): Promise<readonly ListRow[]> {
  const wanted = new Set(plan.select)
  const parts = await frame.store.loadParts(
    db,
    page.map((row) => String(row['id'])),
    wanted,
  )
  const fields = frame.store.records.fields.filter((column) => wanted.has(column.name))
  return page.map((row) => ({
    record: frame.store.recordOf(row, parts, fields),
    conditions: (plan.conditions ?? []).map((_, index) => row[`c$${index}`] === true || row[`c$${index}`] === 1),
  }))
}

const people = ['owner', 'created_by', 'updated_by'] as const
const person: ValueType = { is: 'record', form: 'user' }

function linkedIds(plan: ListPlan, records: readonly StoredRecord[]): LinkedIds {
  const linked = new LinkedIds()
  const form = plan.model.forms.get(plan.form)
  if (form === undefined) return linked
  const types = linkTypes(form)
  const tables = [...form.fields.values()].flatMap((field) =>
    field.table === undefined ? [] : [{ name: field.name, types: linkTypes(field.table) }],
  )
  for (const record of records) {
    for (const name of people) linked.add(person, record[name])
    linked.addAll(types, record.values)
    for (const table of tables) for (const row of rowsOf(record.values[table.name])) linked.addAll(table.types, row)
  }
  return linked
}

function linkTypes(table: TableModel): readonly (readonly [string, ValueType])[] {
  const isLink = ({ is }: ValueType) => is === 'record' || is === 'any_record'
  return [...table.fields.values()]
    .map((field) => [field.name, field.type] as const)
    .filter(([, type]) => isLink(type) || (type.is === 'list' && isLink(type.of)))
}
