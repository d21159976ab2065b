/** An import as callers see it: how it stands, how far it is, what did not fit, in their language. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Locale } from '#base/text.ts'
import type { CellProblem } from '#records/import/cells.ts'
import type { StoredImport } from '#storage/import-store.ts'
import { issueEntry } from './problem-document.ts'

/** In a list: without its cells. */
export function importLine(stored: StoredImport): JsonObject {
  const { id, form, state, fileName, counts, position, total, asked } = stored
  const { created, updated, targets, errors } = counts
  const moves = state === 'checking' || state === 'running' || state === 'undoing'
  return {
    id,
    form,
    state,
    name: fileName,
    progress: moves ? { done: position, total } : null,
    counts: { created, updated, targets, errors },
    asked,
    created_at: stored.createdAt,
    updated_at: stored.updatedAt,
  }
}

export function importAnswer(stored: StoredImport, errors: readonly CellProblem[], locale: Locale): JsonObject {
  const { report, counts, mapping } = stored
  const { created, updated, targets } = counts
  const shown = errors.map(({ issue, ...where }) => ({ ...where, ...issueEntry(issue, locale) }))
  const { undo, issues, ...rest } = report
  return {
    ...importLine(stored),
    mapping,
    report: {
      header: [],
      rows: 0,
      ...rest,
      records: stored.state === 'undoing' || stored.state === 'undone' ? created + updated : stored.total,
      created,
      updated,
      targets,
      errorCount: counts.errors,
      errors: shown as unknown as Json,
      mapping,
      ...(Array.isArray(issues)
        ? { issues: issues.map((issue) => issueEntry(issue as unknown as Issue, locale)) as unknown as Json }
        : {}),
      ...undoAnswer(undo, locale),
    },
  }
}

/** What an undo did, where there was one, in the caller's language. */
function undoAnswer(undo: Json | undefined, locale: Locale): JsonObject {
  if (!isObject(undo)) return {}
  const records = (Array.isArray(undo['records']) ? undo['records'] : []).map((each: Json) => {
    const { issue, ...where } = each as JsonObject
    return { ...where, ...(isObject(issue) ? issueEntry(issue as unknown as Issue, locale) : {}) }
  })
  return { undo: { ...undo, records: records as unknown as Json } }
}
