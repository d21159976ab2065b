/** What a save says about a table: single rows, so that two people can work in different ones; the whole list only when rows were moved. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { holds } from '#expressions/judge.ts'
import type { FormStore } from './form-store.ts'

export function isNewRow(id: string): boolean {
  return id.startsWith('new-')
}

/** Every row with its cells; new ones without id. */
export function wholeTable(store: FormStore, field: FieldProgram): Json {
  const table = field.field.name
  return store.idsOf(table).map((id) => ({ ...(isNewRow(id) ? {} : { id }), ...cellsOf(store, field, { id }) }))
}

/** `{add, update, remove}`, each only when there is something in it. */
export function tableEdits(store: FormStore, field: FieldProgram): Json {
  const table = field.field.name
  const ids = store.idsOf(table)
  const known = knownRows(store, table)
  if (isRearranged(ids, known)) return wholeTable(store, field)
  const add = ids.filter(isNewRow).map((id) => cellsOf(store, field, { id }))
  const update = ids
    .filter((id) => !isNewRow(id))
    .flatMap((id) => {
      const cells = cellsOf(store, field, { id, changed: store.changed.peek() })
      return Object.keys(cells).length > 0 ? [{ id, ...cells }] : []
    })
  const remove = known.filter((id) => !ids.includes(id))
  return { ...(add.length ? { add } : {}), ...(update.length ? { update } : {}), ...(remove.length ? { remove } : {}) }
}

/** The same edits on top of a newer list: rows that others took away come back as new ones. */
export function editsOnto(edits: Json, rows: Json, whole: Json): Json {
  const there = new Set(idsIn(rows))
  const all = (Array.isArray(whole) ? whole : []) as readonly Json[]
  const asNew = (row: Json): Json => (isObject(row) && !there.has(String(row['id'])) ? withoutId(row) : row)
  if (Array.isArray(edits)) return (edits as readonly Json[]).map(asNew)
  if (!isObject(edits)) return edits
  const update = listIn(edits, 'update')
  const gone = new Set(idsIn(update).filter((id) => !there.has(id)))
  const add = [...listIn(edits, 'add'), ...all.filter((row) => isObject(row) && gone.has(String(row['id']))).map(asNew)]
  return {
    ...(add.length ? { add } : {}),
    update: update.filter((row) => !gone.has(String(isObject(row) ? row['id'] : ''))),
    remove: listIn(edits, 'remove'),
  }
}

export function listIn(edits: JsonObject, name: 'add' | 'update' | 'remove'): readonly Json[] {
  const list = edits[name]
  return Array.isArray(list) ? (list as readonly Json[]) : []
}

/** `/lines/update/0/price` and `/lines/add/0/price` name what was sent; a form counts its rows. */
export function pointerInForm(pointer: string, sent: JsonObject, rowIds: (table: string) => readonly string[]): string {
  const [table = '', list = '', index = '', ...rest] = pointer.split('/').slice(1)
  const edits = sent[table]
  if ((list !== 'add' && list !== 'update') || !isObject(edits)) return pointer
  const ids = rowIds(table)
  const row = listIn(edits, list)[Number(index)]
  const at =
    list === 'add'
      ? ids.indexOf(ids.filter(isNewRow)[Number(index)] ?? '')
      : ids.indexOf(String(isObject(row) ? row['id'] : ''))
  return at < 0 ? `/${table}` : ['', table, at, ...rest].join('/')
}

/** The server sets what is computed, locked or not this person's to write. */
export function isSent(store: FormStore, key: string, field: FieldProgram): boolean {
  return store.isWritable(key) && !holds(field.readonly, store.scopeOf(key))
}

function cellsOf(
  store: FormStore,
  field: FieldProgram,
  row: { readonly id: string; readonly changed?: ReadonlySet<string> },
): JsonObject {
  const keyOf = (column: FieldProgram) => `${field.field.name}/${row.id}/${column.field.name}`
  const columns = [...(field.columns?.values() ?? [])].filter(
    (column) => isSent(store, keyOf(column), column) && row.changed?.has(keyOf(column)) !== false,
  )
  return Object.fromEntries(columns.map((column) => [column.field.name, store.wire(keyOf(column))]))
}

export function knownRows(store: FormStore, table: string): readonly string[] {
  return JSON.parse(store.original(table) ?? '[]') as string[]
}

/** New rows stand at the end and the others in their old order, unless somebody moved one. */
function isRearranged(ids: readonly string[], known: readonly string[]): boolean {
  const expected = [...known.filter((id) => ids.includes(id)), ...ids.filter(isNewRow)]
  return ids.some((id, index) => expected[index] !== id)
}

function idsIn(rows: Json | readonly Json[]): readonly string[] {
  return (Array.isArray(rows) ? (rows as readonly Json[]) : []).filter(isObject).map((row) => String(row['id']))
}

function withoutId(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'id'))
}
