/** Indexes that a model asks for: links, sorting, row rules, uniqueness. */
import { sql } from 'kysely'
import type { FieldModel, FormModel, Model } from '#definitions/model.ts'
import type { Ddl } from './ddl.ts'
import { indexName, physicalName } from './names.ts'
import type { SortKey } from './query-plan.ts'
import { type Shape, shapesOf } from './shapes.ts'
import { uniqueSetsOf } from './unique-sets.ts'

interface IndexShape {
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
  readonly unique: boolean
}

/** Creates what is missing, makes anew what stands on a replaced column, drops uniqueness that is no longer asked for. */
export async function applyIndexes(ddl: Ddl, model: Model): Promise<void> {
  const existing = await existingIndexes(ddl)
  for (const form of model.forms.values()) {
    for (const index of indexesOf(form, model)) await applyIndex(ddl, index, existing)
    await applyUnique(ddl, form, existing)
  }
}

function indexesOf(form: FormModel, model: Model): readonly IndexShape[] {
  const sorted = new Set([...model.views.values()].filter((view) => view.form === form.name).map(firstSort))
  return shapesOf(form).flatMap((shape) => {
    const fields = shape.columns.filter(
      (field) =>
        isIndexed(field) || (shape.table === undefined && sorted.has(field.name) && field.type.is !== 'record'),
    )
    const system = shape.table === undefined ? systemIndexes(form, sorted) : []
    return [...fields.map((field) => field.name), ...system].map((column) => plainIndex(shape, column))
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

function systemIndexes(form: FormModel, sorted: ReadonlySet<string>): readonly string[] {
  const always = form.lifecycle === undefined ? ['owner'] : ['owner', 'state']
  return [...always, ...['title', 'created_at', 'updated_at'].filter((name) => sorted.has(name))]
}

function firstSort(view: { readonly sort?: readonly string[] }): string {
  return view.sort?.[0]?.replace(/^-/, '') ?? ''
}

/** With the id: lists page by it. */
function plainIndex(shape: Shape, column: string): IndexShape {
  return { name: indexName(shape.name, `by$${column}`), table: shape.name, columns: [column, 'id'], unique: false }
}

async function applyIndex(ddl: Ddl, index: IndexShape, existing: Set<string>): Promise<void> {
  const stale = index.columns.some((column) => ddl.replaced.has(`${index.table}.${column}`))
  if (existing.has(index.name) && !stale) return
  if (existing.has(index.name)) await dropIndex(ddl, index.name)
  existing.add(index.name)
  const columns = sql.join(index.columns.map((column) => indexed(ddl, index, column)))
  const living = index.unique ? sql` where deleted_at is null` : sql``
  await ddl.run(
    sql`create ${index.unique ? sql`unique ` : sql``}index ${sql.id(index.name)} on ${sql.id(index.table)} (${columns})${living}`,
  )
}

/** Empty comes first on both databases; the id is never empty. */
function indexed(ddl: Ddl, index: IndexShape, column: string) {
  return ddl.dialect === 'postgres' && !index.unique && column !== 'id'
    ? sql`${sql.id(column)} asc nulls first`
    : sql`${sql.id(column)}`
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
  return { name: uniqueIndexName(shape.name, fields), table: shape.name, columns: fields, unique: true }
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

/** Does an index give this order? */
export function isSortIndexed(model: Model, form: string, sort: readonly SortKey[]): boolean {
  const [first] = sort
  if (first === undefined) return true
  const found = model.forms.get(form)
  if (found === undefined || first.compiled !== undefined) return false
  if (first.field === 'id') return true
  const isLink = first.field === 'owner' || found.fields.get(first.field)?.type.is === 'record'
  return !isLink && indexesOf(found, model).some((index) => index.columns[0] === first.field)
}
