/** Indexes that a model asks for: links, sorting, row rules, uniqueness. */
import { sql } from 'kysely'
import type { FieldModel, FormModel, Model } from '#definitions/model.ts'
import type { Ddl } from './ddl.ts'
import { type IndexedOrder, orderNeeds } from './index-needs.ts'
import { indexName, physicalName } from './names.ts'
import type { SortKey } from './query-plan.ts'
import { type Shape, shapesOf } from './shapes.ts'
import { uniqueSetsOf } from './unique-sets.ts'

interface IndexShape {
  readonly name: string
  readonly table: string
  /** `-score` runs downwards. */
  readonly columns: readonly string[]
  readonly unique: boolean
  /** Without the records in the bin. */
  readonly living: boolean
}

/** No field is called so. */
const orderMark = '$list$'

/** Creates what is missing, makes anew what stands on a replaced column, drops orders and uniqueness that are no longer asked for. */
export async function applyIndexes(ddl: Ddl, model: Model): Promise<void> {
  const existing = await existingIndexes(ddl)
  const needs = orderNeeds(model)
  for (const form of model.forms.values()) {
    const wanted = indexesOf(form, needs.get(form.name) ?? [])
    for (const index of wanted) await applyIndex(ddl, index, existing)
    await retireOrders(ddl, form, { wanted, existing })
    await applyUnique(ddl, form, existing)
  }
}

function indexesOf(form: FormModel, orders: readonly IndexedOrder[]): readonly IndexShape[] {
  return shapesOf(form).flatMap((shape) => {
    const system = shape.table === undefined ? systemIndexes(form) : []
    const columns = [...shape.columns.filter(isIndexed).map((field) => field.name), ...system]
    const plain = columns.map((column) => plainIndex(shape, column))
    if (shape.table !== undefined) return plain
    const others = orders.filter((order) => order.length > 1 || !columns.includes(order[0] ?? ''))
    return [...plain, ...others.map((order) => orderIndex(shape, order))]
  })
}

/** Links, what is asked for, and numbers: people and imports find records by them. */
function isIndexed(field: FieldModel): boolean {
  return (
    field.type.is === 'record' ||
    field.type.is === 'any_record' ||
    field.definition.index === true ||
    field.kind.generated === true
  )
}

function systemIndexes(form: FormModel): readonly string[] {
  return form.lifecycle === undefined ? ['owner'] : ['owner', 'state']
}

/** With the id: lists page by it. */
function plainIndex(shape: Shape, column: string): IndexShape {
  return {
    name: indexName(shape.name, `by$${column}`),
    table: shape.name,
    columns: [column, 'id'],
    unique: false,
    living: false,
  }
}

/** The id runs as the last key does. */
function orderIndex(shape: Shape, order: IndexedOrder): IndexShape {
  const id = order.at(-1)?.startsWith('-') ? '-id' : 'id'
  return {
    name: indexName(shape.name, `${orderMark}${order.join('$')}`),
    table: shape.name,
    columns: [...order, id],
    unique: false,
    living: true,
  }
}

async function retireOrders(
  ddl: Ddl,
  form: FormModel,
  { wanted, existing }: { readonly wanted: readonly IndexShape[]; readonly existing: Set<string> },
): Promise<void> {
  const names = new Set(wanted.map((index) => index.name))
  const prefix = indexName(physicalName(form.name), orderMark)
  for (const name of existing)
    if (name.startsWith(prefix) && !names.has(name)) {
      await dropIndex(ddl, name)
      existing.delete(name)
    }
}

async function applyIndex(ddl: Ddl, index: IndexShape, existing: Set<string>): Promise<void> {
  const stale = index.columns.some((key) => ddl.replaced.has(`${index.table}.${columnOf(key)}`))
  if (existing.has(index.name) && !stale) return
  if (existing.has(index.name)) await dropIndex(ddl, index.name)
  existing.add(index.name)
  const columns = sql.join(index.columns.map((column) => indexed(ddl, index, column)))
  const living = index.living ? sql` where deleted_at is null` : sql``
  await ddl.run(
    sql`create ${index.unique ? sql`unique ` : sql``}index ${sql.id(index.name)} on ${sql.id(index.table)} (${columns})${living}`,
  )
}

/** Empty is the smallest value on both databases; the id is never empty. */
function indexed(ddl: Ddl, index: IndexShape, key: string) {
  const isDown = key.startsWith('-')
  const column = sql.id(columnOf(key))
  const direction = isDown ? sql` desc` : sql``
  if (ddl.dialect === 'sqlite' || index.unique || columnOf(key) === 'id') return sql`${column}${direction}`
  return isDown ? sql`${column} desc nulls last` : sql`${column} asc nulls first`
}

function columnOf(key: string): string {
  return key.startsWith('-') ? key.slice(1) : key
}

async function applyUnique(ddl: Ddl, form: FormModel, existing: Set<string>): Promise<void> {
  const wanted = uniqueSetsOf(form)
  await retireUnique(ddl, form.name, wanted)
  for (const fields of wanted) await enforce(ddl, { form, fields, existing })
}

interface Uniqueness {
  readonly form: FormModel
  readonly fields: readonly string[]
  readonly existing: Set<string>
}

/** Over old duplicates the index cannot stand: then the store asks under a lock at every write, until the duplicates are gone. */
async function enforce(ddl: Ddl, { form, fields, existing }: Uniqueness): Promise<void> {
  const [shape] = shapesOf(form)
  if (shape === undefined) return
  const index = uniqueIndex(shape, fields)
  const free = existing.has(index.name) || !(await hasDuplicates(ddl, shape, fields))
  if (free) await applyIndex(ddl, index, existing)
  else for (const field of fields.slice(0, 1)) await applyIndex(ddl, plainIndex(shape, field), existing)
  const row = { form: form.name, fields: JSON.stringify(fields), enforced: free ? 'index' : 'check' }
  await ddl.db
    .insertInto('fl_unique')
    .values(row)
    .onConflict((conflict) => conflict.columns(['form', 'fields']).doUpdateSet({ enforced: row.enforced }))
    .execute()
}

function uniqueIndex(shape: Shape, fields: readonly string[]): IndexShape {
  return { name: uniqueIndexName(shape.name, fields), table: shape.name, columns: fields, unique: true, living: true }
}

export function uniqueIndexName(table: string, fields: readonly string[]): string {
  return indexName(table, `unique$${fields.join('$')}`)
}

async function hasDuplicates(ddl: Ddl, shape: Shape, fields: readonly string[]): Promise<boolean> {
  const columns = fields.map((field) => sql.id(field))
  const present = sql.join(
    columns.map((column) => sql`${column} is not null`),
    sql` and `,
  )
  const { rows } = await sql`select 1 from ${sql.id(shape.name)} where deleted_at is null and ${present}
    group by ${sql.join(columns)} having count(*) > 1 limit 1`.execute(ddl.db)
  return rows.length > 0
}

async function retireUnique(ddl: Ddl, form: string, wanted: readonly (readonly string[])[]): Promise<void> {
  const keep = new Set(wanted.map((fields) => JSON.stringify(fields)))
  const rows = await ddl.db.selectFrom('fl_unique').select('fields').where('form', '=', form).execute()
  for (const fields of rows.map((row) => String(row['fields'])).filter((one) => !keep.has(one))) {
    await dropIndex(ddl, uniqueIndexName(physicalName(form), JSON.parse(fields) as string[]))
    await ddl.db.deleteFrom('fl_unique').where('form', '=', form).where('fields', '=', fields).execute()
  }
}

async function dropIndex(ddl: Ddl, name: string): Promise<void> {
  await ddl.run(sql`drop index if exists ${sql.id(name)}`)
}

async function existingIndexes(ddl: Ddl): Promise<Set<string>> {
  const names =
    ddl.dialect === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where type = 'index'`
      : sql<{ name: string }>`select indexname as name from pg_indexes where schemaname = current_schema()`
  const { rows } = await names.execute(ddl.db)
  return new Set(rows.map((row) => row.name))
}

/** Does an index give this order to who asks for nothing else? */
export function isSortIndexed(model: Model, form: string, sort: readonly SortKey[]): boolean {
  const [first] = sort
  if (first === undefined) return true
  const found = model.forms.get(form)
  if (found === undefined || first.compiled !== undefined) return false
  if (first.field === 'id') return true
  const isLink = first.field === 'owner' || found.fields.get(first.field)?.type.is === 'record'
  if (isLink) return false
  return indexesOf(found, orderNeeds(model).get(form) ?? []).some(
    ({ columns: [head = ''] }) => columnOf(head) === first.field,
  )
}
