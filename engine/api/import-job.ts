/** An import from upload to commit: dry run at once, rows written behind the answer, progress to ask for. */
import { formatDatetime } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { RecordContext } from '#records/context.ts'
import { visibleForm } from '#records/context.ts'
import type { ImportMapping } from '#records/import/mapping.ts'
import { type ImportedRecord, type ImportReport, importCsv } from '#records/import/run.ts'
import type { Connection } from '#storage/connection.ts'
import {
  deleteImportFile,
  insertImport,
  insertWritten,
  moveImport,
  readErrorFile,
  readImport,
  readImportFile,
  type StoredImport,
  saveErrorFile,
  saveImportReport,
} from '#storage/import-store.ts'
import { foreseen } from './failures.ts'

export interface ImportJob {
  readonly stored: StoredImport
  /** While it runs here. */
  readonly progress: { readonly done: number; readonly total: number } | null
}

export interface ImportUpload {
  readonly form: string
  readonly name: string | null
  readonly text: string
  readonly mapping: ImportMapping | null
}

/** Those that run in this process: id → how far. */
export const running = new Map<string, { done: number; total: number }>()

/** Tries every row and keeps none; the file waits for its commit. Refusals: not-found, forbidden, record-invalid. */
export async function startImport(context: RecordContext, upload: ImportUpload): Promise<ImportJob> {
  let errors: string | null = null
  const report = await importCsv(context, {
    placing: true,
    form: upload.form,
    text: upload.text,
    dryRun: true,
    onErrorFile: (text) => {
      errors = text
    },
    ...(upload.mapping ? { mapping: upload.mapping } : {}),
  })
  const now = formatDatetime(context.clock.now())
  const stored: StoredImport = {
    id: context.ids.next(),
    form: upload.form,
    state: 'ready',
    fileName: upload.name,
    mapping: report.mapping as unknown as Json,
    report: report as unknown as Json,
    createdBy: context.actor.id,
    createdAt: now,
    updatedAt: now,
  }
  await context.db.write(async (db) => {
    await insertImport(db, stored, upload.text)
    await saveErrorFile(db, stored.id, errors)
  })
  return { stored, progress: null }
}

/** Of the caller's own imports; others do not exist. */
export async function findImport(context: RecordContext, id: string): Promise<ImportJob> {
  const stored = await context.db.read((db) => readImport(db, id))
  if (!stored || stored.createdBy !== context.actor.id) throw new Refusal('not-found')
  visibleForm(context, stored.form)
  return { stored, progress: running.get(id) ?? null }
}

/** Tries the rows again under another mapping. */
export async function remapImport(context: RecordContext, job: ImportJob, mapping: ImportMapping): Promise<ImportJob> {
  const text = await fileOf(context, job.stored)
  let errors: string | null = null
  const report = await importCsv(context, {
    placing: true,
    form: job.stored.form,
    text,
    dryRun: true,
    mapping,
    onErrorFile: (found) => {
      errors = found
    },
  })
  await context.db.write(async (db) => {
    await saveImportReport(db, job.stored.id, {
      mapping: report.mapping as unknown as Json,
      report: report as unknown as Json,
      at: formatDatetime(context.clock.now()),
    })
    await saveErrorFile(db, job.stored.id, errors)
  })
  return findImport(context, job.stored.id)
}

/**
 * Writes the rows; resolves when all are written. One import is committed once (`wrong-state`).
 * `atomic`: one bad record refuses all; else good records arrive and bad ones are reported.
 */
export async function commitImport(
  context: RecordContext,
  job: ImportJob,
  how: { readonly atomic: boolean },
): Promise<ImportJob> {
  const { id, form, mapping } = job.stored
  const text = await fileOf(context, job.stored)
  const moved = await context.db.write((db) =>
    moveImport(db, id, { from: 'ready', to: 'running', at: formatDatetime(context.clock.now()) }),
  )
  if (!moved) throw new Refusal('wrong-state')
  const progress = { done: 0, total: 0 }
  running.set(id, progress)
  let errors: string | null = null
  try {
    const report = await importCsv(context, {
      placing: true,
      form,
      text,
      atomic: how.atomic,
      mapping: mapping as unknown as ImportMapping,
      cause: { import: id },
      onProgress: (done, total) => Object.assign(progress, { done, total }),
      onErrorFile: (found) => {
        errors = found
      },
      settle: journal(id),
    })
    await settle(context, id, { report, errors, back: how.atomic && report.errorCount > 0 })
  } catch (error) {
    await fail(context, id, error)
    throw error
  } finally {
    running.delete(id)
  }
  return findImport(context, id)
}

async function settle(
  context: RecordContext,
  id: string,
  outcome: { readonly report: ImportReport; readonly errors: string | null; readonly back: boolean },
): Promise<void> {
  const at = formatDatetime(context.clock.now())
  await context.db.write(async (db) => {
    await saveImportReport(db, id, { report: outcome.report as unknown as Json, at })
    await saveErrorFile(db, id, outcome.errors)
    await moveImport(db, id, { from: 'running', to: outcome.back ? 'ready' : 'done', at })
    if (!outcome.back) await deleteImportFile(db, id)
  })
}

async function fail(context: RecordContext, id: string, error: unknown): Promise<void> {
  const issues: readonly Issue[] = foreseen(error)?.issues ?? []
  const at = formatDatetime(context.clock.now())
  await context.db.write(async (db) => {
    await saveImportReport(db, id, {
      report: { failed: foreseen(error)?.code ?? 'internal', issues: issues as unknown as Json },
      at,
    })
    await moveImport(db, id, { from: 'running', to: 'failed', at })
  })
}

/** Notes what was written beside it, in its transaction: undo knows exactly that. */
function journal(id: string): (db: Connection, written: readonly ImportedRecord[]) => Promise<void> {
  let last = 0
  return async (db, written) => {
    const first = last + 1
    last += written.length
    await insertWritten(
      db,
      id,
      written.map(({ verb, id: record, version }, index) => ({ number: first + index, state: verb, record, version })),
    )
  }
}

/** The refused lines of the last run. Refusal `not-found`: not the caller's import, or every line fits. */
export async function errorsOf(context: RecordContext, job: ImportJob): Promise<string> {
  const text = await context.db.read((db) => readErrorFile(db, job.stored.id))
  if (text === null) throw new Refusal('not-found')
  return text
}

async function fileOf(context: RecordContext, stored: StoredImport): Promise<string> {
  const text = stored.state === 'ready' ? await context.db.read((db) => readImportFile(db, stored.id)) : null
  if (text === null) throw new Refusal('wrong-state')
  return text
}
