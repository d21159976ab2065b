/** A record as it came over the wire, as the form's program reads it: links by id, rows with ids. */
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { FieldProgram, FormProgram } from '#expressions/form-program.ts'
import type { RecordValues } from '#expressions/live-record.ts'
import { withPlainLinks } from './titles.ts'

const systemFields = [
  'id',
  'version',
  'title',
  'state',
  'owner',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
] as const

export function valuesOf(program: FormProgram, record: RecordAnswer): RecordValues {
  const values: Record<string, Json> = {}
  for (const name of systemFields) values[name] = linkFree(record[name] as Json | undefined)
  for (const field of program.fields.values())
    values[field.field.name] = fieldValue(field, record[field.field.name] as Json | undefined)
  return values
}

function fieldValue(field: FieldProgram, value: Json | undefined): Json {
  if (!field.columns) return linked(field, value)
  if (!Array.isArray(value)) return []
  return (value as readonly Json[]).map((row) => {
    if (!isObject(row)) return row
    const cells = [...(field.columns?.values() ?? [])].map(
      (column) => [column.field.name, linked(column, row[column.field.name])] as const,
    )
    return { id: String(row['id'] ?? ''), ...Object.fromEntries(cells) }
  })
}

function linked(field: FieldProgram, value: Json | undefined): Json {
  const { type } = field.field
  const links = type.is === 'record' || type.is === 'any_record' || (type.is === 'list' && type.of.is === 'record')
  return links ? linkFree(value) : (value ?? null)
}

function linkFree(value: Json | undefined): Json {
  return withPlainLinks(value)
}

/** What the record did not bring: the caller may not read it. */
export function hiddenFields(program: FormProgram, record: RecordAnswer): ReadonlySet<string> {
  return new Set([...program.fields.keys()].filter((name) => !Object.hasOwn(record, name)))
}
