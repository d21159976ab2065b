/** Which column fills which field: guessed from names and labels in every language, then checked like any other input. Pure. */

import { fieldAt } from '#access/field-set.ts'
import type { Policy } from '#access/policy.ts'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel, FormModel, Model } from '#definitions/model.ts'
import { isKey, keysOf, linkedForm, namingField } from './link-keys.ts'

export interface ColumnMapping {
  readonly column: string
  /** `customer`, `lines.product`, `owner`, `state`. */
  readonly field: string
  /** Of a link: the field of the target that the cells hold; absent: its unique fields are tried, then its title. */
  readonly key?: string
  /** Of a link: a target that is not there is made, with the cell as its `key` (or its name), by the rights of the caller. */
  readonly create?: boolean
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

/** Columns whose header is the name, path or a label of a field, or of the key of what it links to; others stay unmapped. */
export function guessMapping(model: Model, form: FormModel, header: readonly string[]): ImportMapping {
  const names = new Map<string, Guess>()
  for (const { labels, ...guess } of [...pathsOf(form), ...keyPathsOf(model, form)])
    for (const label of labels) if (!names.has(plain(label))) names.set(plain(label), guess)
  const taken = new Set<string>()
  const columns = header.flatMap((column): ColumnMapping[] => {
    const guess = names.get(plain(column)) ?? names.get(plain(withoutUnit(column)))
    if (column === '' || guess === undefined || taken.has(guess.field)) return []
    taken.add(guess.field)
    return [{ column, ...guess }]
  })
  const group = idColumn(form, header, columns) ?? guessGroup(form, columns)
  return { columns, ...(group ? { group } : {}) }
}

type Guess = Pick<ColumnMapping, 'field' | 'key'>

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

/** Issues with pointers into the mapping: unknown columns and fields, doubled fields, computed ones, targets that cannot be made. */
export function mappingIssues(of: MappingQuestion, mapping: ImportMapping): Issue[] {
  const { form, header } = of
  const seen = new Set<string>()
  const issues = mapping.columns.flatMap((column, index): Issue[] => {
    const double = seen.has(column.field)
    seen.add(column.field)
    const pointer = `/columns/${index}`
    if (double) return [{ pointer: `${pointer}/field`, code: 'field-mapped-twice', params: { field: column.field } }]
    return columnIssues(of, column).map((issue) => ({ ...issue, pointer: pointer + issue.pointer }))
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

export interface MappingQuestion {
  readonly model: Model
  readonly policy: Policy
  /** As the caller may write it. */
  readonly form: FormModel
  readonly header: readonly string[]
}

function columnIssues({ model, policy, form, header }: MappingQuestion, given: ColumnMapping): Issue[] {
  const { column, field } = given
  if (!header.includes(column)) return [{ pointer: '/column', code: 'unknown-column', params: { column } }]
  if (field === 'owner' || field === 'state') return []
  const target = fieldAt(form, field)
  if (!target || target.table) return [{ pointer: '/field', code: 'unknown-field', params: { field } }]
  if (target.computed) return [{ pointer: '/field', code: 'computed-field', params: { field } }]
  const linked = linkedForm(target)
  const of = linked === null ? undefined : model.forms.get(linked)
  if (given.key !== undefined && (!of || !isFieldOf(of, given.key)))
    return [{ pointer: '/key', code: 'unknown-field', params: { field: given.key } }]
  if (given.create !== true) return []
  const makes = of && policy.form(of.name)?.may('create') === true && namingField(of, given.key) !== null
  return makes ? [] : [{ pointer: '/create', code: 'target-not-creatable', params: { column } }]
}

function isFieldOf(form: FormModel, name: string): boolean {
  return name === 'title' || name === 'id' || form.fields.has(name)
}

function pathsOf(form: FormModel): (Guess & { labels: string[] })[] {
  const top = [...form.fields.values()]
  const own = top
    .filter((field) => !field.table && !field.computed)
    .map((field) => ({ field: field.name, labels: labelsOf(field) }))
  const columns = top.flatMap((table) =>
    [...(table.table?.fields.values() ?? [])]
      .filter((column) => !column.computed)
      .map((column) => ({
        field: `${table.name}.${column.name}`,
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
    { field: 'owner', labels: ['owner', '负责人'] },
    { field: 'state', labels: ['state', '状态'] },
    ...columns,
  ]
}

/** `Customer code`, `客户编码`: the key of what a link points at. */
function keyPathsOf(model: Model, form: FormModel): (Guess & { labels: string[] })[] {
  const links = [...form.fields.values()].flatMap((field) =>
    field.table
      ? [...field.table.fields.values()].map((column) => ({ path: `${field.name}.${column.name}`, field: column }))
      : [{ path: field.name, field }],
  )
  return links.flatMap(({ path, field }) => {
    const target = field.computed ? undefined : model.forms.get(linkedForm(field) ?? '')
    const keys = target ? keysOf(model, target.name).flatMap((name) => target.fields.get(name) ?? []) : []
    return keys.map((key) => ({
      field: path,
      key: key.name,
      labels: labelsOf(field).flatMap((first) => labelsOf(key).map((second) => `${first} ${second}`)),
    }))
  })
}

/** `Price (EUR)`, `价格（元）`: what stands in brackets at the end is no part of the name. */
function withoutUnit(column: string): string {
  return column.replace(/\s*[(（[【][^)）\]】]*[)）\]】]\s*$/u, '')
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
