/** What a save sends: on create every field that was filled in, on a change only what differs, of a table only the rows that differ. */
import type { Json, JsonObject } from '#base/json.ts'
import type { FormStore } from './form-store.ts'
import { editsOnto, isSent, tableEdits, wholeTable } from './table-edits.ts'

export function createBody(store: FormStore): JsonObject {
  const body: Record<string, Json> = {}
  for (const field of store.program.fields.values()) {
    const name = field.field.name
    if (!isSent(store, name, field)) continue
    const value = field.columns ? wholeTable(store, field) : store.wire(name)
    const had = field.field.definition.default !== undefined
    if (had || (value !== null && !(Array.isArray(value) && value.length === 0))) body[name] = value
  }
  return body
}

export function changeBody(store: FormStore, fields: ReadonlySet<string> = changedFields(store)): JsonObject {
  const body: Record<string, Json> = {}
  for (const name of fields) {
    const field = store.program.fields.get(name)
    if (field && isSent(store, name, field)) body[name] = field.columns ? tableEdits(store, field) : store.wire(name)
  }
  return body
}

/** The changes to keep after a conflict, as edits of the record that the others made. */
export function bodyOnto(
  store: FormStore,
  theirs: { readonly [field: string]: unknown },
  keep: ReadonlySet<string>,
): JsonObject {
  const entries = Object.entries(changeBody(store, keep)).map(([name, value]): [string, Json] => {
    const field = store.program.fields.get(name)
    return [name, field?.columns ? editsOnto(value, (theirs[name] ?? []) as Json, wholeTable(store, field)) : value]
  })
  return Object.fromEntries(entries)
}

/** Fields of the record with a change in them or in their rows. */
export function changedFields(store: FormStore): ReadonlySet<string> {
  return new Set([...store.changed.peek()].map((key) => key.split('/')[0] ?? ''))
}
