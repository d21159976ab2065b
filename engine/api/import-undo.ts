/** Takes a whole import back: some records per transaction, with what became of each, and once. */
import { formatDatetime } from '#base/dates.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { RecordContext } from '#records/context.ts'
import { breathe } from '#records/import/sheet.ts'
import { type UndoOutcome, undoRecord } from '#records/import/undo.ts'
import type { Connection } from '#storage/connection.ts'
import { changeImport, markUndone, readImport, readWritten, type StoredImport } from '#storage/import-store.ts'

const mostTold = 1000
/** Records between two moments in which others get their turn. */
const turn = 8

interface UndoReport {
  readonly removed: number
  readonly restored: number
  readonly partly: number
  readonly kept: number
  /** The first 1,000, those that are not simply undone before the others. */
  readonly records: readonly JsonObject[]
}

const nothingYet: UndoReport = { removed: 0, restored: 0, partly: 0, kept: 0, records: [] }

/**
 * One transaction: some records, latest first, each by the caller's own rights, and what became of them.
 * false: all were tried.
 */
export async function undoSome(
  context: RecordContext,
  stored: StoredImport,
  how: { readonly hold: (db: Connection) => Promise<void>; readonly atOnce: number },
): Promise<boolean> {
  const { id } = stored
  return context.db.write(async (db) => {
    await how.hold(db)
    const rows = await readWritten(db, stored, how.atOnce)
    const lines: JsonObject[] = []
    for (const row of rows) {
      const written = { form: row.form, verb: row.state, id: row.record, version: row.version }
      const outcome = await undoRecord(db, context, { written, cause: { undo: id } })
      await markUndone(db, id, { number: row.number, state: outcome.outcome, issues: outcome as unknown as Json })
      lines.push({ record: row.record, form: row.form, ...outcome } as unknown as JsonObject)
      if (lines.length % turn === 0) await breathe()
    }
    const now = await readImport(db, id)
    const report = now?.report ?? {}
    const undo = withLines(undoReportOf(report), lines) as unknown as Json
    await changeImport(db, id, {
      report: { ...report, undo },
      position: (now?.position ?? 0) + rows.length,
      at: formatDatetime(context.clock.now()),
      ...(rows.length === 0 ? { state: 'undone' } : {}),
    })
    return rows.length > 0
  })
}

/** What the undo has done so far. */
function undoReportOf({ undo }: JsonObject): UndoReport {
  return isObject(undo) ? (undo as unknown as UndoReport) : nothingYet
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
