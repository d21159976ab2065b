/** Which fields of a record a caller is shown, open or masked, under the grants that hold for it: decided here for every reply. */
import type { FormPolicy } from '#access/policy.ts'
import type { Json } from '#base/json.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { RecordRights } from './rights.ts'

export interface ShownField {
  readonly field: FieldModel
  readonly isMasked: boolean
}

export interface ShownRecord {
  readonly title: boolean
  readonly state: boolean
  readonly owner: boolean
  /** In the order of the form; hidden ones are absent. */
  readonly fields: readonly ShownTop[]
}

/** Of the record itself; a table with its columns. */
export interface ShownTop extends ShownField {
  readonly columns: readonly ShownField[] | null
}

/** `wanted`: field names to give; null: all. */
export function shownRecord(policy: FormPolicy, rights: RecordRights, wanted: ReadonlySet<string> | null): ShownRecord {
  const { form } = policy
  const fields = [...form.fields.values()].filter((field) => wanted === null || wanted.has(field.name))
  return {
    title: rights.reads('title'),
    state: form.lifecycle !== undefined && rights.reads('state'),
    owner: rights.reads('owner'),
    fields: fields.flatMap((field): readonly ShownTop[] => {
      if (field.table) {
        const columns = shownColumns(field, rights)
        return columns.length === 0 ? [] : [{ field, isMasked: false, columns }]
      }
      return shownField(field, field.name, rights).map((shown) => ({ ...shown, columns: null }))
    }),
  }
}

/** What is open first, then what is masked. */
function shownColumns(table: FieldModel, rights: RecordRights): readonly ShownField[] {
  const columns = [...(table.table?.fields.values() ?? [])]
  const shown = columns.flatMap((column) => shownField(column, `${table.name}.${column.name}`, rights))
  return [...shown.filter((one) => !one.isMasked), ...shown.filter((one) => one.isMasked)]
}

function shownField(field: FieldModel, path: string, rights: RecordRights): readonly ShownField[] {
  if (rights.reads(path)) return [{ field, isMasked: false }]
  return rights.masks(path) ? [{ field, isMasked: true }] : []
}

/** The last four characters behind dots; a shorter value shows nothing of itself. */
export function maskedValue(value: Json): Json {
  if (value === null || typeof value === 'object') return null
  const text = String(value)
  return `••••${text.length > 4 ? text.slice(-4) : ''}`
}
