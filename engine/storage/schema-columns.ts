/** Columns of one physical table brought to its shape: added, taken back, set aside, converted. Never dropped. */
import { sql } from 'kysely'
import { Refusal } from '#base/problems.ts'
import type { FieldModel } from '#definitions/model.ts'
import { columnType } from './columns.ts'
import { convert, isLossless } from './convert.ts'
import type { Ddl } from './ddl.ts'
import { type DeclaredField, declaration } from './schema-declaration.ts'
import { createJoin, dropEmptyJoin } from './schema-tables.ts'
import type { Shape } from './shapes.ts'

/** Brings every field of the shape to its column and sets aside those that the definition no longer has. */
export async function applyColumns(ddl: Ddl, shape: Shape): Promise<void> {
  for (const field of shape.columns) await applyField(ddl, shape, field)
  for (const join of shape.links) await applyField(ddl, shape, join.field)
  const wanted = new Set([...shape.columns, ...shape.links.map((join) => join.field)].map((field) => field.name))
  for (const known of ddl.registry.fieldsOf(shape)) {
    if (known.state === 'live' && !wanted.has(known.field)) await ddl.registry.save({ ...known, state: 'tombstone' })
  }
}

async function applyField(ddl: Ddl, shape: Shape, field: FieldModel): Promise<void> {
  const known = ddl.registry.find(shape, field.name)
  const type = columnType(field.type)
  if (known?.state === 'live' && known.columnType === type) return
  if (known !== undefined && known.columnType !== type) await replace(ddl, { shape, field, from: known.columnType })
  else if (known === undefined) await add(ddl, shape, field)
  await ddl.registry.save({
    form: shape.form,
    table: shape.table ?? '',
    field: field.name,
    columnType: type,
    state: 'live',
  })
}

async function add(ddl: Ddl, shape: Shape, field: FieldModel): Promise<void> {
  const join = shape.links.find((one) => one.field === field)
  if (join !== undefined) return createJoin(ddl, shape, join)
  await addColumn(ddl, shape, field)
}

/** A column of the field's type; a link refers to its target. */
export async function addColumn(ddl: Ddl, shape: Pick<Shape, 'name'>, field: DeclaredField): Promise<void> {
  await ddl.run(sql`alter table ${sql.id(shape.name)} add column ${declaration(ddl, field)}`)
}

interface Replacement {
  readonly shape: Shape
  readonly field: FieldModel
  readonly from: string
}

/** The old column keeps its values under another name; those that fit move over. */
async function replace(ddl: Ddl, replacement: Replacement): Promise<void> {
  const { shape, field, from } = replacement
  const to = columnType(field.type)
  if (from.startsWith('links:')) {
    if (!(await dropEmptyJoin(ddl, shape, field.name))) throw needsConversion(replacement, to)
    return add(ddl, shape, field)
  }
  const values = await countValues(ddl, shape, field.name)
  if (values > 0 && !(await isLossless(ddl, { table: shape.name, column: field.name, from, to: field.type })))
    throw needsConversion(replacement, to)
  const aside = freeName(ddl, shape, field.name)
  await ddl.run(sql`alter table ${sql.id(shape.name)} rename column ${sql.id(field.name)} to ${sql.id(aside)}`)
  ddl.replaced.add(`${shape.name}.${field.name}`)
  await add(ddl, shape, field)
  if (values > 0) await convert(ddl, { table: shape.name, column: aside, into: field.name, from, to: field.type })
  await ddl.registry.save({
    form: shape.form,
    table: shape.table ?? '',
    field: aside,
    columnType: from,
    state: 'tombstone',
  })
}

function needsConversion({ shape, field, from }: Replacement, to: string): Refusal {
  const table = shape.table === undefined ? '' : `/${shape.table}/fields`
  const pointer = `/form/${shape.form}/fields${table}/${field.name}`
  return new Refusal('definition-invalid', {
    issues: [{ pointer, code: 'type-change-needs-conversion', params: { from, to } }],
  })
}

async function countValues(ddl: Ddl, shape: Shape, column: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(${sql.id(column)}) as count from ${sql.id(shape.name)}`.execute(ddl.db)
  return Number(rows[0]?.count ?? 0)
}

/** `$` cannot stand in a field's name. */
function freeName(ddl: Ddl, shape: Shape, field: string): string {
  const taken = new Set(ddl.registry.fieldsOf(shape).map((known) => known.field))
  for (let count = 1; ; count += 1) {
    const name = `${field}$was_${count}`
    if (!taken.has(name)) return name
  }
}
