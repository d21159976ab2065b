/** What a new record or row starts with. */
import type { Json, JsonObject } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { isEmpty } from '#expressions/judge.ts'
import { fit, type LiveRecord } from '#expressions/live-record.ts'
import { writeValue } from '#expressions/values.ts'

let lastRow = 0

/** Rows that the server does not know yet. */
export function newRowId(): string {
  lastRow += 1
  return `new-${lastRow}`
}

/** Fills empty fields by their defaults; a table that needs rows starts with one. */
export function fillDefaults(live: LiveRecord): void {
  for (const [name, field] of live.program.fields) {
    if (!field.columns && field.field.computed === null && isEmpty(live.wire(name)))
      live.set(name, defaultOf(live, field))
  }
  for (const [name, field] of live.program.fields) {
    const wanted = Number(field.field.definition['min_rows'] ?? 0)
    if (field.columns && wanted > 0 && live.rows(name).length === 0)
      live.addRow(name, { ...rowDefaults(live, field), id: newRowId() })
  }
}

export function rowDefaults(live: LiveRecord, table: FieldProgram): JsonObject {
  const columns = [...(table.columns?.values() ?? [])].filter((column) => column.field.computed === null)
  return Object.fromEntries(columns.map((column) => [column.field.name, defaultOf(live, column)]))
}

function defaultOf(live: LiveRecord, field: FieldProgram): Json {
  const { definition, type } = field.field
  if (!field.fallback) return (definition.default ?? null) as Json
  return writeValue(type, fit(type, field.fallback.evaluate(live.scope())))
}
