/** The history of one form on one published state as text, and back: a reload loses nothing, a publish begins anew. */
import { isObject, type Json } from '#base/json.ts'
import type { Change } from '../commands/change.ts'
import type { FormDocument } from '../model/document.ts'
import { type EditState, emptyHistory, goTo, type History } from './history.ts'

/** Raised when the shape of documents or changes alters: older texts are left alone. */
const format = 1

/** `version` tells one published state of the form from another. Example: `formloom.draft.customer.3f9a12c04b7e`. */
export function draftKey(form: string, version: string): string {
  return `formloom.draft.${form}.${version}`
}

export function historyText({ changes, done }: History): string {
  return JSON.stringify({ format, changes, done })
}

/** The state that the text leads to from the published document; the document as it is where the text does not fit. */
export function restoreHistory(document: FormDocument, text: string | null): EditState {
  const kept = text === null ? null : parseHistory(text)
  const fresh: EditState = { document, history: emptyHistory }
  if (!kept) return fresh
  return goTo({ document, history: { changes: kept.changes, done: 0, closed: true } }, kept.done)
}

function parseHistory(text: string): History | null {
  const value = parseJson(text)
  if (!isObject(value) || value['format'] !== format || !Array.isArray(value['changes'])) return null
  const changes = value['changes'] as readonly Json[]
  if (!changes.every(isChange)) return null
  return { changes: changes as unknown as readonly Change[], done: Number(value['done']), closed: true }
}

function isChange(value: Json): boolean {
  return isObject(value) && isObject(value['patch']) && isObject(value['inverse']) && isObject(value['label'])
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
