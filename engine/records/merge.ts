/** Lays an input over the record as it is: fields replaced, table rows matched by id. Pure. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Ids } from '#base/ports.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import type { Input, RowInput, TableEdit } from './coerce.ts'

export type Values = Readonly<Record<string, Json>>
export type RowValues = JsonObject & { readonly id: string }

export interface Merged {
  readonly values: Values
  readonly issues: readonly Issue[]
  /** Ids of rows that did not exist before, by table. */
  readonly added: Readonly<Record<string, ReadonlySet<string>>>
}

/** `values` of the record before (empty object on create) with the input on top. New rows get ids. */
export function merge(form: FormModel, before: Values, input: Input, ids: Ids): Merged {
  const issues: Issue[] = []
  const added: Record<string, ReadonlySet<string>> = {}
  const values: Record<string, Json> = { ...before, ...input.fields }
  for (const [name, edit] of Object.entries(input.tables)) {
    const table = form.fields.get(name) as FieldModel
    const result = mergeTable(rowsOf(before[name]), edit, { ids, pointer: `/${name}` })
    issues.push(...result.issues)
    added[name] = result.added
    values[name] = result.rows.map((row) => keepComputed(table, row))
  }
  return { values, issues, added }
}

/** The rows of a table value. */
export function rowsOf(value: Json | undefined): readonly RowValues[] {
  return Array.isArray(value) ? (value as readonly RowValues[]) : []
}

function mergeTable(before: readonly RowValues[], edit: TableEdit, context: { ids: Ids; pointer: string }) {
  const known = new Map(before.map((row) => [row.id, row]))
  const added = new Set<string>()
  const issues: Issue[] = []
  const place = (input: RowInput, pointer: string): RowValues | null => {
    if (input.id === null) {
      const id = context.ids.next()
      added.add(id)
      return { ...input.values, id }
    }
    const row = known.get(input.id)
    if (row) return { ...row, ...input.values }
    issues.push({ pointer: `${pointer}/id`, code: 'row-not-found' })
    return null
  }
  const all = (inputs: readonly RowInput[], pointer: string) =>
    inputs.flatMap((input, index) => place(input, `${pointer}/${index}`) ?? [])
  const rows =
    'whole' in edit ? all(edit.whole, context.pointer) : editedRows(before, edit, { all, pointer: context.pointer })
  const doubled = rows.find((row, index) => rows.findIndex((other) => other.id === row.id) !== index)
  if (doubled) issues.push({ pointer: context.pointer, code: 'row-given-twice' })
  return { rows, issues, added }
}

function editedRows(
  before: readonly RowValues[],
  edit: Exclude<TableEdit, { whole: unknown }>,
  how: { all(inputs: readonly RowInput[], pointer: string): RowValues[]; pointer: string },
): RowValues[] {
  const updated = new Map(how.all(edit.update, `${how.pointer}/update`).map((row) => [row.id, row]))
  const removed = new Set(edit.remove)
  const kept = before.filter((row) => !removed.has(row.id)).map((row) => updated.get(row.id) ?? row)
  return [
    ...kept,
    ...how.all(
      edit.add.map((row) => ({ ...row, id: null })),
      `${how.pointer}/add`,
    ),
  ]
}

/** Every column has a value, so that later stations need not ask. */
function keepComputed(table: FieldModel, row: RowValues): RowValues {
  const complete: Record<string, Json> = { id: row.id }
  for (const name of table.table?.fields.keys() ?? []) complete[name] = row[name] ?? null
  return complete as RowValues
}
