/** Unsaved changes on this device, under person and record: offered after a reload, gone when saved or thrown away. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { keepChoice, readChoice } from '../shell/preferences.ts'
import type { FormStore } from './form-store.ts'
import { changeBody, changedFields, createBody } from './record-body.ts'
import { listIn } from './table-edits.ts'
import { rememberTitle, titleOf } from './titles.ts'

export interface Draft {
  readonly at: string
  readonly version: number | null
  readonly values: JsonObject
  readonly titles: { readonly [id: string]: string }
}

export function draftName(user: string, form: string, id: string | null): string {
  return `formloom.draft.${user}.${form}.${id ?? 'new'}`
}

export function keepDraft(name: string, store: FormStore, version: number | null): void {
  if (changedFields(store).size === 0) {
    dropDraft(name)
    return
  }
  keepChoice(name, JSON.stringify(draftOf(store, version)))
}

export function draftOf(store: FormStore, version: number | null): Draft {
  const values = store.options.fresh ? createBody(store) : changeBody(store)
  return { at: new Date().toISOString(), version, values, titles: titlesIn(values) }
}

export function readDraft(name: string): Draft | null {
  const text = readChoice(name)
  if (text === null) return null
  try {
    const draft: unknown = JSON.parse(text)
    return isObject(draft) && isObject(draft['values']) && typeof draft['at'] === 'string'
      ? (draft as unknown as Draft)
      : null
  } catch {
    return null
  }
}

export function dropDraft(name: string): void {
  keepChoice(name, null)
}

/** Puts the draft's changes into the form: single cells and rows, or whole lists where rows were moved. */
export function applyDraft(store: FormStore, draft: Draft): void {
  for (const [id, title] of Object.entries(draft.titles)) rememberTitle(id, title)
  for (const [name, value] of Object.entries(draft.values)) {
    const field = store.program.fields.get(name)
    if (field?.columns && isObject(value)) applyEdits(store, name, value)
    else if (field?.columns) applyRows(store, name, value)
    else if (field) store.set(name, value)
  }
}

function applyEdits(store: FormStore, table: string, edits: JsonObject): void {
  for (const id of listIn(edits, 'remove')) store.removeRow(table, String(id))
  const there = new Set(store.idsOf(table))
  for (const row of listIn(edits, 'update').filter(isObject))
    if (there.has(String(row['id']))) applyCells(store, `${table}/${String(row['id'])}`, row)
  for (const row of listIn(edits, 'add').filter(isObject)) applyCells(store, `${table}/${store.addRow(table)}`, row)
}

function applyCells(store: FormStore, row: string, cells: JsonObject): void {
  for (const [column, value] of Object.entries(cells)) if (column !== 'id') store.set(`${row}/${column}`, value)
}

function applyRows(store: FormStore, table: string, rows: Json): void {
  if (!Array.isArray(rows)) return
  const wanted = (rows as readonly Json[]).filter(isObject)
  const kept = new Set(wanted.map((row) => row['id']).filter((id) => typeof id === 'string'))
  for (const id of store.idsOf(table)) if (!kept.has(id)) store.removeRow(table, id)
  for (const { id, ...cells } of wanted) {
    const row = typeof id === 'string' && store.idsOf(table).includes(id) ? id : store.addRow(table)
    applyCells(store, `${table}/${row}`, cells)
  }
}

function titlesIn(value: Json): Record<string, string> {
  const found: Record<string, string> = {}
  const visit = (part: Json): void => {
    if (typeof part === 'string') {
      const title = titleOf(part)
      if (title !== undefined) found[part] = title
    } else if (Array.isArray(part)) part.forEach(visit)
    else if (isObject(part)) Object.values(part).forEach(visit)
  }
  visit(value)
  return found
}
