/** A model as physical tables: what the schema plan builds and the store reads. */
import type { FieldModel, FormModel, Model, TableModel } from '#definitions/model.ts'
import { hasColumn, isLinks } from './columns.ts'
import { joinName, physicalName } from './names.ts'

/** A form, or a table of it, and where it stands. */
export interface Shape {
  readonly form: string
  readonly table?: string
  readonly name: string
  /** Fields with a column, in the order of the definition. */
  readonly columns: readonly FieldModel[]
  readonly links: readonly JoinShape[]
}

/** A `links` field and its join table. */
export interface JoinShape {
  readonly field: FieldModel
  readonly name: string
  /** Physical table of the targets. */
  readonly target: string
}

/** The form first, then its tables. */
export function shapesOf(form: FormModel): readonly Shape[] {
  const tables = [...form.fields.values()].flatMap((field) => (field.table === undefined ? [] : [shapeOf(field.table)]))
  return [shapeOf(form), ...tables]
}

export function shapesOfModel(model: Model): readonly Shape[] {
  return [...model.forms.values()].flatMap(shapesOf)
}

export function shapeOf(table: TableModel): Shape {
  const fields = [...table.fields.values()]
  return {
    form: table.form,
    ...(table.table === undefined ? {} : { table: table.table }),
    name: physicalName(table.form, table.table),
    columns: fields.filter(hasColumn),
    links: fields.filter((field) => field.stored && isLinks(field.type)).map((field) => joinOf(table, field)),
  }
}

function joinOf(table: TableModel, field: FieldModel): JoinShape {
  const of = field.type.is === 'list' ? field.type.of : undefined
  const target = of?.is === 'record' ? physicalName(of.form, of.table) : ''
  return { field, name: joinName(table.form, field.name, table.table), target }
}

/** System columns of a record, in the order in which they are written. */
export const recordColumns = [
  'id',
  'version',
  'title',
  'owner',
  'state',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'deleted_at',
] as const
/** Columns of a row before its fields. */
export const rowColumns = ['id', 'parent_id', 'position'] as const
