/** Physical tables of forms, of their tables, and of `links` fields. */
import { type RawBuilder, sql } from 'kysely'
import { columnType } from './columns.ts'
import type { Ddl } from './ddl.ts'
import { indexName, joinName, physicalName } from './names.ts'
import { type DeclaredField, declaration, isDeclaredAtOnce } from './schema-declaration.ts'
import type { JoinShape, Shape } from './shapes.ts'

/** Creates the table with all columns that can stand in it by now (each added later reads the whole schema anew), or takes it back; links may then point at it. */
export async function applyTable(ddl: Ddl, shape: Shape): Promise<void> {
  const known = ddl.registry.find(shape, '')
  if (known?.state === 'live') return
  const fields = known === undefined ? shape.columns.filter((field) => isDeclaredAtOnce(ddl, field)) : []
  if (known === undefined)
    await (shape.table === undefined ? createRecords(ddl, shape, fields) : createRows(ddl, shape, fields))
  const of = { form: shape.form, table: shape.table ?? '', state: 'live' } as const
  await ddl.registry.save(
    { ...of, field: '', columnType: 'table' },
    ...fields.map(({ name, type }) => ({ ...of, field: name, columnType: columnType(type) })),
  )
}

/** Tables that the model no longer has keep their records as tombstones. */
export async function retireTables(ddl: Ddl, shapes: readonly Shape[]): Promise<void> {
  const wanted = new Set(shapes.map((shape) => `${shape.form}/${shape.table ?? ''}`))
  for (const known of ddl.registry.tables()) {
    if (known.state === 'live' && !wanted.has(`${known.form}/${known.table}`))
      await ddl.registry.save({ ...known, state: 'tombstone' })
  }
}

export async function createJoin(
  ddl: Ddl,
  shape: Pick<Shape, 'name'>,
  join: Pick<JoinShape, 'name' | 'target'>,
): Promise<void> {
  const text = textOf(ddl)
  await ddl.run(sql`create table ${sql.id(join.name)} (
    parent_id ${text} not null references ${sql.id(shape.name)} (id) on delete cascade,
    target_id ${text} not null references ${sql.id(join.target)} (id) deferrable initially deferred,
    position integer not null, primary key (parent_id, target_id))${strict(ddl)}`)
  await ddl.run(sql`create index ${sql.id(indexName(join.name, 'target'))} on ${sql.id(join.name)} (target_id)`)
}

/** false when links stand in it. An empty one goes: its field has become something else. */
export async function dropEmptyJoin(ddl: Ddl, shape: Shape, field: string): Promise<boolean> {
  const name = joinName(shape.form, field, shape.table)
  const { rows } = await sql`select 1 from ${sql.id(name)} limit 1`.execute(ddl.db)
  if (rows.length > 0) return false
  await ddl.run(sql`drop table ${sql.id(name)}`)
  return true
}

async function createRecords(ddl: Ddl, shape: Shape, fields: readonly DeclaredField[]): Promise<void> {
  const text = textOf(ddl)
  await ddl.run(sql`create table ${sql.id(shape.name)} (
    id ${text} primary key, version integer not null, title ${text}, owner ${text}, state ${text},
    created_at ${text} not null, created_by ${text}, updated_at ${text} not null, updated_by ${text}, deleted_at ${text}${declarations(ddl, fields)})${strict(ddl)}`)
}

async function createRows(ddl: Ddl, shape: Shape, fields: readonly DeclaredField[]): Promise<void> {
  const text = textOf(ddl)
  await ddl.run(sql`create table ${sql.id(shape.name)} (
    id ${text} primary key, parent_id ${text} not null references ${sql.id(physicalName(shape.form))} (id) on delete cascade,
    position integer not null${declarations(ddl, fields)})${strict(ddl)}`)
  await ddl.run(
    sql`create index ${sql.id(indexName(shape.name, 'rows'))} on ${sql.id(shape.name)} (parent_id, position)`,
  )
}

function declarations(ddl: Ddl, fields: readonly DeclaredField[]): RawBuilder<unknown> {
  return fields.length === 0 ? sql`` : sql`, ${sql.join(fields.map((field) => declaration(ddl, field)))}`
}

function textOf(ddl: Ddl) {
  return ddl.dialect === 'sqlite' ? sql`text` : sql`text collate "C"`
}

function strict(ddl: Ddl) {
  return ddl.dialect === 'sqlite' ? sql` strict` : sql``
}
