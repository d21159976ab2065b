/** What callers ask of an import: upload, look, commit, cancel, undo. The work itself is the runner's. */
import { formatDatetime } from '#base/dates.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { type RecordContext, requireVerb, visibleForm } from '#records/context.ts'
import type { CellProblem } from '#records/import/cells.ts'
import { errorHeader, errorLines, type RefusedGroup } from '#records/import/error-file.ts'
import type { ImportMapping } from '#records/import/mapping.ts'
import { planImport } from '#records/import/plan.ts'
import { mostErrors } from '#records/import/run.ts'
import { cutSheet, headerOf } from '#records/import/sheet.ts'
import { sameJson } from '#records/same-json.ts'
import { partsAfter, removeParts, saveParts } from '#storage/import-parts.ts'
import {
  changeImport,
  importsOf,
  insertImport,
  noCounts,
  readImport,
  type StoredImport,
} from '#storage/import-store.ts'

export interface ImportUpload {
  readonly form: string
  readonly name: string | null
  readonly text: string
  readonly mapping: ImportMapping | null
  /** In whose name it goes on. */
  readonly settings: JsonObject
}

/** Stores the file in pieces; its dry run is the runner's. Refusals: not-found, forbidden, record-invalid. */
export async function storeImport(context: RecordContext, upload: ImportUpload): Promise<string> {
  const { form, mapping: given } = upload
  const plan = planImport(context, { form, header: headerOf(upload.text), mapping: given })
  const id = context.ids.next()
  const mapping = plan.mapping as unknown as Json
  const at = formatDatetime(context.clock.now())
  const { name: fileName, settings } = upload
  await context.db.write((db) =>
    insertImport(db, {
      id,
      form,
      state: 'arriving',
      fileName,
      mapping,
      settings,
      createdBy: context.actor.id,
      createdAt: at,
    }),
  )
  try {
    const { header, rows } = await cutSheet(upload.text, (number, piece) =>
      context.db.write((db) => saveParts(db, { id, kind: 'rows' }, [{ number, content: piece as unknown as Json }])),
    )
    await context.db.write((db) => changeImport(db, id, { state: 'checking', report: { header, rows }, at }))
  } catch (error) {
    await context.db.write(async (db) => {
      await removeParts(db, { id, kind: 'rows' })
      await changeImport(db, id, { state: 'failed', report: { failed: 'record-invalid' }, at })
    })
    throw error
  }
  return id
}

/** Of the caller's own imports; others do not exist. */
export async function findImport(context: RecordContext, id: string): Promise<StoredImport> {
  const stored = await context.db.read((db) => readImport(db, id))
  if (!stored || !isOwn(context, stored)) throw new Refusal('not-found')
  visibleForm(context, stored.form)
  return stored
}

/** It goes on by the rights that began it: a key, which may have fewer, moves and sees only what it began itself. */
function isOwn({ actor }: RecordContext, { createdBy, settings }: StoredImport): boolean {
  return createdBy === actor.id && (actor.key === undefined || settings['key'] === actor.key)
}

const mostListed = 20

/** The caller's latest ones, of forms that they still see. */
export async function ownImports(context: RecordContext): Promise<readonly StoredImport[]> {
  const { id } = context.actor
  const found = id === null ? [] : await context.db.read((db) => importsOf(db, id, mostListed))
  return found.filter(
    (each) => isOwn(context, each) && context.model.forms.has(each.form) && context.policy.form(each.form) !== null,
  )
}

/** From now on its rows are tried again, under another mapping. Refusals: wrong-state, record-invalid. */
export async function askCheck(context: RecordContext, stored: StoredImport, given: ImportMapping): Promise<void> {
  const { id, form, report } = stored
  const plan = planImport(context, { form, header: (report['header'] ?? []) as readonly string[], mapping: given })
  const { stopped: _stopped, ...rest } = report
  const mapping = plan.mapping as unknown as Json
  const at = formatDatetime(context.clock.now())
  const change = {
    state: 'checking',
    mapping,
    report: rest,
    position: 0,
    counts: noCounts,
    from: ['ready'],
    at,
  } as const
  if (!(await context.db.write((db) => changeImport(db, id, change)))) throw new Refusal('wrong-state')
}

/**
 * From now on its rows are written; one that was stopped goes on where it stands.
 * `atomic`: one bad record refuses all; else good records arrive and bad ones are reported. Refusal `wrong-state`.
 */
export async function askCommit(
  context: RecordContext,
  stored: StoredImport,
  how: { readonly atomic: boolean; readonly mapping: ImportMapping | null },
): Promise<void> {
  const { id, form, report } = stored
  const changed = how.mapping !== null && !sameJson(how.mapping as unknown as Json, stored.mapping)
  if (changed && stored.state !== 'ready') throw new Refusal('wrong-state')
  const header = (report['header'] ?? []) as readonly string[]
  const mapping = changed ? how.mapping : (stored.mapping as unknown as ImportMapping)
  const plan = planImport(context, { form, header, mapping })
  const { stopped: _stopped, failed: _failed, issues: _issues, ...rest } = report
  await context.db.write(async (db) => {
    const again = stored.state === 'stopped'
    const change = {
      settings: { ...stored.settings, atomic: how.atomic },
      report: rest,
      asked: null,
      at: formatDatetime(context.clock.now()),
      ...(again
        ? {}
        : { counts: noCounts, position: 0, mapping: plan.mapping as unknown as Json, state: 'running' as const }),
    }
    if (again) {
      const counts = stored.settings['atomic'] === true ? { ...stored.counts, errors: 0 } : stored.counts
      if (!(await changeImport(db, id, { ...change, state: 'running', counts, from: ['stopped'] })))
        throw new Refusal('wrong-state')
      if (stored.settings['atomic'] === true) await removeParts(db, { id, kind: 'refused' })
    } else {
      if (!(await changeImport(db, id, { ...change, from: ['ready'] }))) throw new Refusal('wrong-state')
      await removeParts(db, { id, kind: 'refused' })
      await removeParts(db, { id, kind: 'waiting' })
    }
  })
}

/** Ends it after the batch on its way; `undo` takes back at once what it has written. Refusal `wrong-state`. */
export async function askCancel(context: RecordContext, { id }: StoredImport, then: 'stop' | 'undo'): Promise<void> {
  const at = formatDatetime(context.clock.now())
  const asked = await context.db.write((db) => changeImport(db, id, { asked: then, from: ['running'], at }))
  if (!asked) throw new Refusal('wrong-state')
}

/** From now on what it has written is taken back, latest first, each record by the caller's own rights. Once (`wrong-state`). */
export async function askUndo(context: RecordContext, stored: StoredImport): Promise<void> {
  requireVerb(visibleForm(context, stored.form).policy, 'import')
  const { created, updated, targets } = stored.counts
  const change = { state: 'undoing', position: 0, total: created + updated + targets, asked: null } as const
  const at = formatDatetime(context.clock.now())
  const moved = await context.db.write((db) =>
    changeImport(db, stored.id, { ...change, from: ['done', 'stopped'], at }),
  )
  if (!moved) throw new Refusal('wrong-state')
}

const refusedAtOnce = 100

/** The first cells that do not fit. */
export async function firstErrors(context: RecordContext, { id }: StoredImport): Promise<readonly CellProblem[]> {
  const errors: CellProblem[] = []
  for await (const { problems } of refusedGroups(context, id)) {
    errors.push(...problems)
    if (errors.length >= mostErrors) break
  }
  return errors.slice(0, mostErrors)
}

/** The refused lines of the last run as CSV. Refusal `not-found`: not the caller's import, or every line fits. */
export async function errorsOf(context: RecordContext, { id, report }: StoredImport): Promise<AsyncIterable<string>> {
  const first = await context.db.read((db) => partsAfter(db, { id, kind: 'refused' }, { after: -1, limit: 1 }))
  if (first.length === 0) throw new Refusal('not-found')
  return errorText(context, { id, header: (report['header'] ?? []) as readonly string[] })
}

async function* errorText(
  context: RecordContext,
  { id, header }: { readonly id: string; readonly header: readonly string[] },
): AsyncIterable<string> {
  const { locale } = context.actor
  yield errorHeader(header, locale)
  for await (const refused of refusedGroups(context, id)) yield errorLines(header, refused, locale)
}

async function* refusedGroups(context: RecordContext, id: string): AsyncIterable<RefusedGroup> {
  for (let after = -1; ; ) {
    const page = { after, limit: refusedAtOnce }
    const parts = await context.db.read((db) => partsAfter(db, { id, kind: 'refused' }, page))
    for (const { content } of parts) yield content as unknown as RefusedGroup
    if (parts.length < refusedAtOnce) return
    after = parts.at(-1)?.number ?? after
  }
}
