/** Which column fills which field: guessed from names and labels in every language, then checked like any other input. Pure. */

import { fieldAt } from '#access/field-set.ts'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'

export interface ColumnMapping {
  readonly column: string
  /** `customer`, `lines.product`, `owner`, `state`. */
  readonly field: string
  /** Of a link: the field of the target that the cells hold; absent: its unique fields are tried, then its title. */
  readonly key?: string
}
export interface ImportMapping {
  readonly columns: readonly ColumnMapping[]
  /** Values for every record, as if each row had them. */
  readonly constants?: Readonly<Record<string, Json>>
  /** Rows with the same cell in this column are one record. Default: the first column of a unique or sequence field, where table columns are mapped. */
  readonly group?: string
  /** A unique field: an existing record with the same value is changed instead of a new one made. */
  readonly match?: string
}

/** Columns whose header is the name, path or a label of a field; others stay unmapped. */
export function guessMapping(form: FormModel, header: readonly string[]): ImportMapping {
  const names = new Map<string, string>()
  for (const { path, labels } of pathsOf(form))
    for (const label of labels) if (!names.has(plain(label))) names.set(plain(label), path)
  const taken = new Set<string>()
  const columns = header.flatMap((column) => {
    const field = names.get(plain(column))
    if (column === '' || field === undefined || taken.has(field)) return []
    taken.add(field)
    return [{ column, field }]
  })
  const group = idColumn(form, header, columns) ?? guessGroup(form, columns)
  return { columns, ...(group ? { group } : {}) }
}

/** An export for programs names each record by its id: lines with the same one belong together, whatever else they hold. */
function idColumn(form: FormModel, header: readonly string[], columns: readonly ColumnMapping[]): string | null {
  const isExport = header.includes('id') && !form.fields.has('id') && !columns.some(({ column }) => column === 'id')
  return isExport && columns.some(({ field }) => field.includes('.')) ? 'id' : null
}

/** The column that tells records apart, where rows of a table are mapped; null: every row is a record. */
export function guessGroup(form: FormModel, columns: readonly ColumnMapping[]): string | null {
  if (!columns.some(({ field }) => field.includes('.'))) return null
  const own = columns.filter(({ field }) => !field.includes('.'))
  const key = own.find(({ field }) => isKey(form, field)) ?? own[0]
  return key?.column ?? null
}

/** Issues with pointers into the mapping: unknown columns and fields, doubled fields, computed ones. */
export function mappingIssues(form: FormModel, header: readonly string[], mapping: ImportMapping): Issue[] {
  const seen = new Set<string>()
  const issues = mapping.columns.flatMap(({ column, field }, index): Issue[] => {
    const pointer = `/columns/${index}`
    const target = fieldAt(form, field)
    const double = seen.has(field)
    seen.add(field)
    if (!header.includes(column)) return [{ pointer: `${pointer}/column`, code: 'unknown-column', params: { column } }]
    if (double) return [{ pointer: `${pointer}/field`, code: 'field-mapped-twice', params: { field } }]
    if (field === 'owner' || field === 'state') return []
    if (!target || target.table) return [{ pointer: `${pointer}/field`, code: 'unknown-field', params: { field } }]
    return target.computed ? [{ pointer: `${pointer}/field`, code: 'computed-field', params: { field } }] : []
  })
  const group =
    mapping.group !== undefined && !header.includes(mapping.group)
      ? [{ pointer: '/group', code: 'unknown-column', params: { column: mapping.group } }]
      : []
  const match =
    mapping.match !== undefined && !isKey(form, mapping.match)
      ? [{ pointer: '/match', code: 'not-a-key', params: { field: mapping.match } }]
      : []
  const none = mapping.columns.length === 0 ? [{ pointer: '/columns', code: 'nothing-mapped' }] : []
  return [...issues, ...group, ...match, ...none]
}

/** Tells records apart by itself: unique alone, or a number. */
export function isKey(form: FormModel, name: string): boolean {
  const field = form.fields.get(name)
  return (
    field !== undefined &&
    (field.definition.unique === true ||
      field.kind.generated === true ||
      (form.definition.unique ?? []).some((set) => set.length === 1 && set[0] === name))
  )
}

function pathsOf(form: FormModel): { path: string; labels: string[] }[] {
  const top = [...form.fields.values()]
  const own = top
    .filter((field) => !field.table && !field.computed)
    .map((field) => ({ path: field.name, labels: labelsOf(field) }))
  const columns = top.flatMap((table) =>
    [...(table.table?.fields.values() ?? [])]
      .filter((column) => !column.computed)
      .map((column) => ({
        path: `${table.name}.${column.name}`,
        labels: [
          `${table.name}.${column.name}`,
          ...labelsOf(table).flatMap((first) =>
            labelsOf(column).flatMap((second) => [`${first} ${second}`, `${first}.${second}`]),
          ),
          ...labelsOf(column),
        ],
      })),
  )
  return [
    ...own,
    { path: 'owner', labels: ['owner', '负责人'] },
    { path: 'state', labels: ['state', '状态'] },
    ...columns,
  ]
}

function labelsOf(field: FieldModel): string[] {
  const { label } = field.definition
  return [field.name, ...(typeof label === 'string' ? [label] : Object.values(label ?? {}))]
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-·.:：*]+/g, '')
}
