/** Names and paths of definitions → the field they mean. */
import type { FieldModel, FormModel, Model, TableModel } from '../model.ts'
import { fieldType } from '../system-fields.ts'
import type { ValueType } from '../value-type.ts'

export interface Found {
  readonly type: ValueType
  /** Absent for system fields. */
  readonly field?: FieldModel
}

/** An own field, or a field over links: `customer.level`, at most three hops. */
export function findPath(model: Model, table: TableModel, path: string): Found | undefined {
  const [head = '', ...rest] = path.split('.')
  const type = fieldType(table, head)
  if (!type || rest.length > 3) return undefined
  if (rest.length === 0) return { type, ...fieldPart(table, head) }
  const next = type.is === 'record' ? tableOf(model, type.form, type.table) : undefined
  return next && findPath(model, next, rest.join('.'))
}

/** An own field, or a column of an own table: `lines.price`. */
export function findColumn(table: TableModel, path: string): Found | undefined {
  const [head = '', column, ...rest] = path.split('.')
  const rows = table.fields.get(head)?.table
  if (rest.length > 0) return undefined
  if (column !== undefined) return rows && findColumn(rows, column)
  const type = fieldType(table, head)
  return type && { type, ...fieldPart(table, head) }
}

export function tableOf(model: Model, form: string, table: string | undefined): TableModel | undefined {
  const owner = model.forms.get(form)
  return table === undefined ? owner : owner?.fields.get(table)?.table
}

/** Everything of a form that can be named: fields, and system fields that exist for it. */
export function namesOf(table: TableModel): { has(name: string): boolean } {
  return { has: (name) => fieldType(table, name) !== undefined }
}

/** Fields that exist in the table by declaration, without system fields. */
export function declaredOf(form: FormModel): { has(name: string): boolean } {
  return form.fields
}

function fieldPart(table: TableModel, name: string): Pick<Found, 'field'> {
  const field = table.fields.get(name)
  return field ? { field } : {}
}
