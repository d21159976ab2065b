/** Takes a whole import back: in transactions of a hundred records, with what became of each, and once. */
import { formatDatetime } from '#base/dates.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { type RecordContext, requireVerb, visibleForm } from '#records/context.ts'
import { type UndoOutcome, undoRecord } from '#records/import/undo.ts'
import {
  type ImportState,
  markUndone,
  moveImport,
  readImport,
  readWritten,
  type StoredImport,
  saveImportReport,
} from '#storage/import-store.ts'
import { findImport, type ImportJob, running } from './import-job.ts'

const undoneAtOnce = 100
const mostTold = 1000

/**
 * Takes everything back, latest first, record by record, each by the caller's own rights; resolves when all were tried.
 * Once (`wrong-state`); where it breaks off, or the process with it, the rest is undone by asking again.
 */
export async function undoImport(context: RecordContext, job: ImportJob): Promise<ImportJob> {
  const { id, form, report } = job.stored
  requireVerb(visibleForm(context, form).policy, 'import')
  if (running.has(id)) throw new Refusal('wrong-state')
  const progress = { done: 0, total: writtenIn(report) }
  running.set(id, progress)
  try {
    if (!(await move(context, id, ['done', 'undoing'], 'undoing'))) throw new Refusal('wrong-state')
    await undoAll(context, job.stored, progress)
  } finally {
    running.delete(id)
  }
  return findImport(context, id)
}

async function undoAll(context: RecordContext, stored: StoredImport, progress: { done: number }): Promise<void> {
  let state: ImportState = 'done'
  try {
    for (let some = 1; some > 0; progress.done += some) some = await undoSome(context, stored)
    state = 'undone'
  } finally {
    await move(context, stored.id, ['undoing'], state)
  }
}

async function move(
  context: RecordContext,
  id: string,
  from: readonly ImportState[],
  to: ImportState,
): Promise<boolean> {
  const at = formatDatetime(context.clock.now())
  return context.db.write(async (db) => {
    for (const each of from) if (await moveImport(db, id, { from: each, to, at })) return true
    return false
  })
}

interface UndoReport {
  readonly removed: number
  readonly restored: number
  readonly partly: number
  readonly kept: number
  /** The first 1,000, those that are not simply undone before the others. */
  readonly records: readonly JsonObject[]
}

const nothingYet: UndoReport = { removed: 0, restored: 0, partly: 0, kept: 0, records: [] }

function asObject(value: Json): JsonObject {
  return isObject(value) ? value : {}
}

function writtenIn(report: Json): number {
  const { created, updated } = asObject(report)
  return Number(created ?? 0) + Number(updated ?? 0)
}

/** What the undo has done so far. */
function undoReportOf(report: Json): UndoReport {
  const { undo } = asObject(report)
  return isObject(undo) ? (undo as unknown as UndoReport) : nothingYet
}

/** One transaction: some records, what became of each, and the report; answers how many there were. */
async function undoSome(context: RecordContext, { id, form }: StoredImport): Promise<number> {
  return context.db.write(async (db) => {
    const rows = await readWritten(db, id, undoneAtOnce)
    const lines: JsonObject[] = []
    for (const row of rows) {
      const written = { verb: row.state, id: row.record, version: row.version }
      const outcome = await undoRecord(db, context, { form, written, cause: { undo: id } })
      await markUndone(db, id, { number: row.number, state: outcome.outcome, issues: outcome as unknown as Json })
      lines.push({ record: row.record, ...outcome } as unknown as JsonObject)
    }
    const report = asObject((await readImport(db, id))?.report ?? null)
    const undo = withLines(undoReportOf(report), lines) as unknown as Json
    await saveImportReport(db, id, { report: { ...report, undo }, at: formatDatetime(context.clock.now()) })
    return rows.length
  })
}

function withLines(told: UndoReport, lines: readonly JsonObject[]): UndoReport {
  const count = (outcome: UndoOutcome['outcome']) =>
    told[outcome] + lines.filter((line) => line['outcome'] === outcome).length
  const rank = (line: JsonObject) => (line['outcome'] === 'kept' || line['outcome'] === 'partly' ? 0 : 1)
  return {
    removed: count('removed'),
    restored: count('restored'),
    partly: count('partly'),
    kept: count('kept'),
    records: [...told.records, ...lines].sort((first, second) => rank(first) - rank(second)).slice(0, mostTold),
  }
}
