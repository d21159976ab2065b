/** Station `coerce`: what the caller sent → canonical wire values of writable fields; everything else is refused by name. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'

/** What one caller may do with a field of this record. */
export interface FieldRights {
  reads(path: string): boolean
  writes(path: string): boolean
}

/** Edits of a table: the whole list, or single rows. */
export type TableEdit =
  | { readonly whole: readonly RowInput[] }
  | { readonly add: readonly RowInput[]; readonly update: readonly RowInput[]; readonly remove: readonly string[] }

export interface RowInput {
  /** Of an existing row; absent for a new one. */
  readonly id: string | null
  readonly values: JsonObject
}

export interface Input {
  readonly fields: Readonly<Record<string, Json>>
  readonly tables: Readonly<Record<string, TableEdit>>
  readonly system: { readonly owner?: string | null; readonly state?: string }
}

export interface CoerceAnswer {
  readonly input: Input
  readonly issues: readonly Issue[]
}

/** `placing`: an import by an admin or a pack's data may give numbers, states and values that only effects write. */
export interface CoerceOptions {
  readonly rights: FieldRights
  readonly placing: boolean
}

/** Parses a body against the form. Never throws; every refused key is an issue with its pointer. */
export function coerce(form: FormModel, body: JsonObject, options: CoerceOptions): CoerceAnswer {
  const issues: Issue[] = []
  const fields: Record<string, Json> = {}
  const tables: Record<string, TableEdit> = {}
  const system: { owner?: string | null; state?: string } = {}
  for (const [key, value] of Object.entries(body)) {
    const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const field = form.fields.get(key)
    if (key === 'owner') coerceOwner(value, options, { pointer, issues, system })
    else if (key === 'state' && form.lifecycle && options.placing && typeof value === 'string') system.state = value
    else if (!field || !(options.rights.reads(key) || hasReadableColumn(field, options.rights)))
      issues.push(refusedKey(form, key, pointer))
    else if (field.table) tables[key] = coerceTable(field, value, { pointer, issues, options })
    else {
      const refused = refusal(field, key, options)
      const parsed = field.kind.parse(value, field.definition)
      if (refused) issues.push({ pointer, code: refused })
      else if (parsed.ok) fields[key] = parsed.value
      else issues.push(...below(pointer, parsed.problem))
    }
  }
  return { input: { fields, tables, system }, issues }
}

const lockedKeys = new Set(['id', 'version', 'title', 'created_at', 'created_by', 'updated_at', 'updated_by', 'can'])

function refusedKey(form: FormModel, key: string, pointer: string): Issue {
  return {
    pointer,
    code: lockedKeys.has(key) || (key === 'state' && form.lifecycle) ? 'readonly-field' : 'unknown-field',
  }
}

function hasReadableColumn(field: FieldModel, rights: FieldRights): boolean {
  return [...(field.table?.fields.keys() ?? [])].some((column) => rights.reads(`${field.name}.${column}`))
}

function coerceOwner(
  value: Json,
  options: CoerceOptions,
  to: { pointer: string; issues: Issue[]; system: { owner?: string | null } },
): void {
  if (!options.rights.writes('owner')) to.issues.push({ pointer: to.pointer, code: 'readonly-field' })
  else if (value === null || typeof value === 'string') to.system.owner = value === '' ? null : value
  else to.issues.push({ pointer: to.pointer, code: 'wrong-type', params: { expected: 'id' } })
}

function refusal(field: FieldModel, path: string, options: CoerceOptions): string | null {
  if (field.computed) return 'computed-field'
  if (options.placing) return null
  if (field.kind.generated || field.definition.readonly === true || !options.rights.writes(path))
    return 'readonly-field'
  return null
}

interface TableContext {
  readonly pointer: string
  readonly issues: Issue[]
  readonly options: CoerceOptions
}

function coerceTable(field: FieldModel, value: Json, context: TableContext): TableEdit {
  if (value === null) return { whole: [] }
  if (Array.isArray(value)) return { whole: coerceRows(field, value, context) }
  if (isObject(value) && Object.keys(value).every((key) => key === 'add' || key === 'update' || key === 'remove'))
    return coerceRowEdits(field, value, context)
  context.issues.push({ pointer: context.pointer, code: 'wrong-type', params: { expected: 'rows' } })
  return { whole: [] }
}

function coerceRowEdits(field: FieldModel, value: JsonObject, context: TableContext): TableEdit {
  const rows = (key: 'add' | 'update') => {
    const list = value[key] ?? []
    if (Array.isArray(list)) return coerceRows(field, list, { ...context, pointer: `${context.pointer}/${key}` })
    context.issues.push({ pointer: `${context.pointer}/${key}`, code: 'wrong-type', params: { expected: 'rows' } })
    return []
  }
  const remove = value.remove ?? []
  if (!Array.isArray(remove) || remove.some((id) => typeof id !== 'string')) {
    context.issues.push({ pointer: `${context.pointer}/remove`, code: 'wrong-type', params: { expected: 'ids' } })
    return { add: [], update: [], remove: [] }
  }
  return { add: rows('add'), update: rows('update'), remove: remove as string[] }
}

/** More rows than this are refused before they are parsed. */
const mostRows = 10_000

function coerceRows(field: FieldModel, rows: readonly Json[], context: TableContext): RowInput[] {
  if (rows.length > mostRows) {
    context.issues.push({ pointer: context.pointer, code: 'max-rows', params: { max: mostRows } })
    return []
  }
  return rows.map((row, index) => coerceRow(field, row, { ...context, pointer: `${context.pointer}/${index}` }))
}

function coerceRow(field: FieldModel, row: Json, context: TableContext): RowInput {
  if (!isObject(row)) {
    context.issues.push({ pointer: context.pointer, code: 'wrong-type', params: { expected: 'row' } })
    return { id: null, values: {} }
  }
  const values: Record<string, Json> = {}
  for (const [key, value] of Object.entries(row)) {
    if (key === 'id') continue
    const pointer = `${context.pointer}/${key}`
    const column = field.table?.fields.get(key)
    const path = `${field.name}.${key}`
    if (!column || !context.options.rights.reads(path)) {
      context.issues.push({ pointer, code: 'unknown-field' })
      continue
    }
    const refused = refusal(column, path, context.options)
    const parsed = column.kind.parse(value, column.definition)
    if (refused) context.issues.push({ pointer, code: refused })
    else if (parsed.ok) values[key] = parsed.value
    else context.issues.push(...below(pointer, parsed.problem))
  }
  return { id: typeof row.id === 'string' ? row.id : null, values }
}

function below(pointer: string, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, pointer: `${pointer}${issue.pointer}` }))
}
