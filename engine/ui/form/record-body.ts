/** What a save sends: on create every field that was filled in, on a change only what differs; tables whole, new rows without id. */
import type { Json, JsonObject } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { holds } from '#expressions/judge.ts'
import type { FormStore } from './form-store.ts'

export function createBody(store: FormStore): JsonObject {
  const body: Record<string, Json> = {}
  for (const field of store.program.fields.values()) {
    const name = field.field.name
    if (!isSent(store, name, field)) continue
    const value = field.columns ? rowsOf(store, field) : store.wire(name)
    const had = field.field.definition.default !== undefined
    if (had || (value !== null && !(Array.isArray(value) && value.length === 0))) body[name] = value
  }
  return body
}

export function changeBody(store: FormStore, fields: ReadonlySet<string> = changedFields(store)): JsonObject {
  const body: Record<string, Json> = {}
  for (const name of fields) {
    const field = store.program.fields.get(name)
    if (field && isSent(store, name, field)) body[name] = field.columns ? rowsOf(store, field) : store.wire(name)
  }
  return body
}

/** Fields of the record with a change in them or in their rows. */
export function changedFields(store: FormStore): ReadonlySet<string> {
  return new Set([...store.changed.peek()].map((key) => key.split('/')[0] ?? ''))
}

/** The server sets what is computed, locked or not this person's to write. */
function isSent(store: FormStore, key: string, field: FieldProgram): boolean {
  return store.isWritable(key) && !holds(field.readonly, store.scopeOf(key))
}

function rowsOf(store: FormStore, field: FieldProgram): Json {
  const table = field.field.name
  return store.idsOf(table).map((id) => {
    const cells = [...(field.columns?.values() ?? [])].filter((column) => isSent(store, `${table}/${id}/${column.field.name}`, column))
    const fresh = id.startsWith('new-')
    return { ...(fresh ? {} : { id }), ...Object.fromEntries(cells.map((column) => [column.field.name, store.wire(`${table}/${id}/${column.field.name}`)])) }
  })
}
