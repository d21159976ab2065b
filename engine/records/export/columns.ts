/** The columns of an export: which fields, under which header, as which cell. Hidden fields have none. */
import { type FormPolicy, has } from '#access/policy.ts'
import { mayShow } from '#access/seen-model.ts'
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { resolveText, type Text } from '#base/text.ts'
import type { FieldModel } from '#definitions/model.ts'
import { systemFieldType } from '#definitions/system-fields.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { type Cell, type CellContext, cellOf, linkText } from './cell.ts'

export interface ExportColumn {
  readonly header: string
  /** `total`, `lines.price`; decides who may have it. */
  readonly path: string
  /** The table whose rows fill it; null: the record. */
  readonly table: string | null
  /** The key in the record or in the row. */
  readonly name: string
  readonly type: ValueType
  cell(value: Json | undefined): Cell
}

const systemLabels: Readonly<Record<string, Text>> = {
  id: { en: 'ID', 'zh-CN': '标识' },
  version: { en: 'Version', 'zh-CN': '版本' },
  title: { en: 'Title', 'zh-CN': '标题' },
  state: { en: 'State', 'zh-CN': '状态' },
  owner: { en: 'Owner', 'zh-CN': '负责人' },
  created_at: { en: 'Created', 'zh-CN': '创建时间' },
  created_by: { en: 'Created by', 'zh-CN': '创建人' },
  updated_at: { en: 'Changed', 'zh-CN': '修改时间' },
  updated_by: { en: 'Changed by', 'zh-CN': '修改人' },
}

/** Without `wanted`: every field, and what each record has besides. Refusal `query-invalid`: unknown, hidden or not to be exported, all alike. */
export function exportColumns(
  policy: FormPolicy,
  wanted: readonly string[] | undefined,
  context: CellContext,
): readonly ExportColumn[] {
  const names = wanted ?? allNames(policy, context)
  const found = names.map((name) => ({ name, columns: columnsOf(policy, name, context) }))
  const missing = found.filter(({ columns }) => columns.length === 0)
  if (wanted && missing.length > 0)
    throw new Refusal('query-invalid', {
      issues: missing.map(({ name }) => ({ pointer: '', code: 'unknown-field', params: { field: name } })),
    })
  return distinct(found.flatMap(({ columns }) => columns))
}

/** The names that have a column for this caller. */
export function exportableOf(policy: FormPolicy, names: readonly string[], context: CellContext): readonly string[] {
  return names.filter((name) => columnsOf(policy, name, context).length > 0)
}

/** The id comes first for programs, so that lines of one record find together again. */
function allNames({ form }: FormPolicy, { style }: CellContext): readonly string[] {
  const state = form.lifecycle ? ['state'] : []
  const fields = [...form.fields.keys()]
  return style === 'names'
    ? ['id', ...fields, ...state, 'owner', 'created_at', 'updated_at']
    : [...fields, ...state, 'owner', 'created_at', 'updated_at']
}

function columnsOf(policy: FormPolicy, name: string, context: CellContext): readonly ExportColumn[] {
  const field = policy.form.fields.get(name)
  if (field?.table) return tableColumns(policy, field, context)
  if (field) return mayLeave(policy, name) ? fieldColumns(field, context) : []
  const guarded = name === 'title' || name === 'owner' || name === 'state'
  return guarded && !mayLeave(policy, name) ? [] : systemColumns(policy, name, context)
}

/** Some grant reads or masks it, and some grant exports it. */
function mayLeave(policy: FormPolicy, path: string): boolean {
  return (
    mayShow(policy, path) &&
    policy.grants.some(({ verbs, fields }) => has(verbs, 'export') && (fields.reads(path) || fields.masks(path)))
  )
}

function tableColumns(policy: FormPolicy, table: FieldModel, context: CellContext): readonly ExportColumn[] {
  return [...(table.table?.fields.values() ?? [])]
    .filter((column) => mayLeave(policy, `${table.name}.${column.name}`))
    .flatMap((column) => fieldColumns(column, context, table))
}

function fieldColumns(field: FieldModel, context: CellContext, table?: FieldModel): readonly ExportColumn[] {
  const { type, kind, definition } = field
  const label = (of: FieldModel) => resolveText(of.definition.label, context.locale) || of.name
  const path = table ? `${table.name}.${field.name}` : field.name
  const people = table ? `${label(table)} ${label(field)}` : label(field)
  return withTitle(
    {
      header: context.style === 'names' ? path : people,
      path,
      table: table?.name ?? null,
      name: field.name,
      type,
      cell: (value) => cellOf(value, { type, field: { kind, definition } }, context),
    },
    context,
  )
}

function systemColumns({ form }: FormPolicy, name: string, context: CellContext): readonly ExportColumn[] {
  const label = systemLabels[name]
  const type = systemFieldType(form, name)
  if (!label || !type) return []
  const states = new Map(form.lifecycle?.states.map((state) => [state.name, resolveText(state.label, context.locale)]))
  const cell = (value: Json | undefined): Cell => {
    const plain = cellOf(value, { type: name === 'id' ? { is: 'text' } : type }, context)
    return name === 'state' && context.style === 'labels' && typeof value === 'string' && states.get(value)
      ? { is: 'text', text: states.get(value) ?? value }
      : plain
  }
  return withTitle(
    {
      header: context.style === 'names' ? name : resolveText(label, context.locale),
      path: name,
      table: null,
      name,
      type: name === 'id' ? { is: 'text' } : type,
      cell,
    },
    context,
  )
}

/** Programs get the key of a link, and its title beside it. */
function withTitle(column: ExportColumn, { style }: CellContext): readonly ExportColumn[] {
  const { type } = column
  const link = type.is === 'record' || type.is === 'any_record' || (type.is === 'list' && type.of.is === 'record')
  if (!link || style === 'labels') return [column]
  const cell = (value: Json | undefined): Cell => {
    const text = value === undefined || value === null ? '' : linkText(value, 'labels')
    return text === '' ? null : { is: 'text', text }
  }
  return [column, { ...column, header: `${column.header} (title)`, type: { is: 'text' }, cell }]
}

/** Fields with the same label are told apart by their names. */
function distinct(columns: readonly ExportColumn[]): readonly ExportColumn[] {
  const count = new Map<string, number>()
  for (const { header } of columns) count.set(header, (count.get(header) ?? 0) + 1)
  return columns.map((column) =>
    (count.get(column.header) ?? 0) > 1 ? { ...column, header: `${column.header} (${column.path})` } : column,
  )
}
