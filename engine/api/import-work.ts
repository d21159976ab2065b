/** One import, step by step: each step is a batch that says in its own transaction how far the import now is. */
import { formatDatetime } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import type { Workspace } from '#publish/workspace.ts'
import type { RecordContext } from '#records/context.ts'
import { type BatchOutcome, importOptions, runBatch } from '#records/import/batch.ts'
import type { RefusedGroup } from '#records/import/error-file.ts'
import { type Group, GroupReader } from '#records/import/groups.ts'
import type { ImportMapping } from '#records/import/mapping.ts'
import { type ImportPlan, openReader, planImport } from '#records/import/plan.ts'
import { Rehearsal } from '#records/import/rehearsal.ts'
import { batchSize as usualSize } from '#records/import/run.ts'
import type { SheetRow } from '#records/import/sheet.ts'
import type { Connection } from '#storage/connection.ts'
import { partsAfter, readPart, removeParts, saveParts } from '#storage/import-parts.ts'
import { changeImport, type ImportChange, insertWritten, readImport, type StoredImport } from '#storage/import-store.ts'
import { importCaller } from './import-caller.ts'
import { undoSome } from './import-undo.ts'

/** Somebody else works on it. */
export class LostImport extends Error {}

/** Up to so many records are written together or not at all; beyond, a refused record stops the import where it stands. */
export const mostTogether = 1_000

export interface WorkParts {
  readonly id: string
  /** First in every transaction; throws `LostImport`. */
  readonly hold: (db: Connection) => Promise<void>
  readonly batchSize: number | undefined
}

/** Thrown to undo a batch with a refused record. */
class Undo extends Error {}

export class ImportWork {
  readonly #workspace: Workspace
  readonly #parts: WorkParts
  readonly #size: number
  #groups: GroupReader | null = null
  #rehearsal: Rehearsal | null = null
  /** Where the walk over the records that wait is. */
  #walk = { after: -1, settled: 0, last: false }

  constructor(workspace: Workspace, parts: WorkParts) {
    this.#workspace = workspace
    this.#parts = parts
    this.#size = parts.batchSize ?? usualSize
  }

  /** false: there is nothing to do any more. */
  async step(): Promise<boolean> {
    const stored = await this.#workspace.db.read((db) => readImport(db, this.#parts.id))
    if (stored?.state === 'arriving') return this.#move({ state: 'failed', report: { failed: 'upload-broken' } })
    if (stored?.state === 'checking') return this.#check(stored)
    if (stored?.state === 'running') return this.#write(stored)
    if (stored?.state !== 'undoing') return false
    const context = await importCaller(this.#workspace, stored)
    return undoSome(context, stored, { hold: this.#parts.hold, atOnce: this.#size })
  }

  async #check(stored: StoredImport): Promise<boolean> {
    const context = await importCaller(this.#workspace, stored)
    const plan = planOf(context, stored)
    const groups = await this.#groupsOf(stored, plan)
    if (!this.#rehearsal) {
      this.#rehearsal = new Rehearsal(groups)
      await this.#begin(stored, groups)
      return true
    }
    const next = await this.#next(stored, groups)
    if (!next) return this.#move({ state: 'ready' })
    const options = importOptions({ import: stored.id }, context.policy.admin)
    const outcome = await this.#rehearsal.run(openReader(context, plan, { options }), { ...next, options })
    await this.#transact((db) => this.#note(db, { stored, next, outcome }))
    this.#walked(next, outcome)
    return true
  }

  /** A dry run begins anew where another process has left it. */
  async #begin(stored: StoredImport, groups: GroupReader): Promise<void> {
    const none = { created: 0, updated: 0, targets: 0, errors: 0 }
    await this.#transact(async (db) => {
      for (const kind of ['refused', 'waiting'] as const) await removeParts(db, { id: stored.id, kind })
      await this.#change(db, { position: 0, total: groups.total, counts: none })
    })
  }

  async #write(stored: StoredImport): Promise<boolean> {
    if (stored.asked) return this.#stop(stored.asked)
    const context = await importCaller(this.#workspace, stored)
    const plan = planOf(context, stored)
    const groups = await this.#groupsOf(stored, plan)
    const next = await this.#next(stored, groups)
    if (!next) return this.#finish()
    const options = importOptions({ import: stored.id }, context.policy.admin)
    let outcome: BatchOutcome | null = null
    try {
      await this.#transact(async (db) => {
        outcome = await runBatch(db, openReader(context, plan, { options }), { ...next, options })
        if (stored.settings['atomic'] === true && outcome.refused.length > 0) throw new Undo()
        const written = outcome.written.map(({ form, verb, id, version }) => ({
          form,
          state: verb,
          record: id,
          version,
        }))
        await insertWritten(db, stored.id, written)
        await this.#note(db, { stored, next, outcome })
      })
    } catch (error) {
      if (error instanceof Undo && outcome) return this.#refuse(stored, outcome)
      throw error
    }
    if (outcome) this.#walked(next, outcome)
    return true
  }

  /** All that are left where they are written together, else some; then those that wait for others of the file, as long as that helps. */
  async #next(stored: StoredImport, groups: GroupReader): Promise<Next | null> {
    const together = isTogether(stored)
    const size = together ? groups.total : this.#size
    if (stored.position < groups.total)
      return { groups: await groups.read(stored.position, size), last: together, waited: false }
    const waiting = await this.#waiting(stored)
    if (waiting.length > 0) return { groups: await groups.readThese(waiting), last: this.#walk.last, waited: true }
    if (this.#walk.after < 0) return null
    this.#walk = { after: -1, settled: 0, last: this.#walk.settled === 0 }
    return this.#next(stored, groups)
  }

  async #waiting({ id }: StoredImport): Promise<readonly number[]> {
    const page = { after: this.#walk.after, limit: this.#size }
    const parts = await this.#workspace.db.read((db) => partsAfter(db, { id, kind: 'waiting' }, page))
    return parts.map(({ number }) => number)
  }

  #walked({ groups, waited }: Next, { waiting }: BatchOutcome): void {
    if (!waited) return
    const after = groups.at(-1)?.number ?? this.#walk.after
    this.#walk = { ...this.#walk, after, settled: this.#walk.settled + groups.length - waiting.length }
  }

  /** How far it is now, what was refused, and who still waits. */
  async #note(
    db: Connection,
    { stored, next, outcome }: { readonly stored: StoredImport; readonly next: Next; readonly outcome: BatchOutcome },
  ): Promise<void> {
    const { id } = stored
    await saveParts(db, { id, kind: 'refused' }, outcome.refused.map(partOf))
    if (next.waited) {
      const still = new Set(outcome.waiting)
      const settled = next.groups.map(({ number }) => number).filter((number) => !still.has(number))
      await removeParts(db, { id, kind: 'waiting' }, settled)
    } else {
      const parts = outcome.waiting.map((number) => ({ number, content: null }))
      await saveParts(db, { id, kind: 'waiting' }, parts)
    }
    await this.#change(db, {
      position: next.waited ? stored.position : stored.position + next.groups.length,
      counts: countsWith(stored, outcome),
    })
  }

  /** One record does not fit, and all or none were wanted: nothing of this batch is kept. */
  async #refuse(stored: StoredImport, { refused }: BatchOutcome): Promise<boolean> {
    const { created, updated, targets } = stored.counts
    const state = created + updated + targets > 0 ? 'stopped' : 'ready'
    await this.#transact(async (db) => {
      await saveParts(db, { id: stored.id, kind: 'refused' }, refused.map(partOf))
      const errors = refused.reduce((sum, { problems }) => sum + problems.length, 0)
      const report = { ...stored.report, stopped: 'refused' }
      await this.#change(db, {
        state,
        counts: { ...stored.counts, errors },
        report,
        ...(state === 'ready' ? { position: 0 } : {}),
      })
      if (state === 'ready') await removeParts(db, { id: stored.id, kind: 'waiting' })
    })
    return false
  }

  #stop(asked: 'stop' | 'undo'): Promise<boolean> {
    return this.#transact(async (db) => {
      const stored = await readImport(db, this.#parts.id)
      const report = { ...stored?.report, stopped: 'asked' }
      await this.#change(db, { state: asked === 'undo' ? 'undoing' : 'stopped', report, asked: null })
      return asked === 'undo'
    })
  }

  /** The file is not kept once its rows are records. */
  #finish(): Promise<boolean> {
    return this.#transact(async (db) => {
      for (const kind of ['rows', 'waiting'] as const) await removeParts(db, { id: this.#parts.id, kind })
      await this.#change(db, { state: 'done', asked: null })
      return false
    })
  }

  async #move(change: ImportChange): Promise<boolean> {
    await this.#transact((db) => this.#change(db, change))
    return false
  }

  async #change(db: Connection, change: ImportChange): Promise<void> {
    await changeImport(db, this.#parts.id, { ...change, at: formatDatetime(this.#workspace.clock.now()) })
  }

  #transact<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    return this.#workspace.db.write(async (db) => {
      await this.#parts.hold(db)
      return work(db)
    })
  }

  async #groupsOf({ id, report }: StoredImport, { header, mapping }: ImportPlan): Promise<GroupReader> {
    const { db } = this.#workspace
    const piece = async (number: number) =>
      ((await db.read((connection) => readPart(connection, { id, kind: 'rows' }, number))) ??
        []) as unknown as readonly SheetRow[]
    this.#groups ??= await GroupReader.open({ header, rows: Number(report['rows'] ?? 0), piece }, mapping.group)
    return this.#groups
  }
}

interface Next {
  readonly groups: readonly Group[]
  readonly last: boolean
  /** They have waited for others. */
  readonly waited: boolean
}

/** Under the rights and definitions of now. */
function planOf(context: RecordContext, { form, report, mapping }: StoredImport): ImportPlan {
  const header = (report['header'] ?? []) as readonly string[]
  return planImport(context, { form, header, mapping: mapping as unknown as ImportMapping })
}

function isTogether({ state, settings, total }: StoredImport): boolean {
  return state === 'running' && settings['atomic'] === true && total <= mostTogether
}

function partOf(refused: RefusedGroup): { readonly number: number; readonly content: Json } {
  return { number: refused.number, content: refused as unknown as Json }
}

function countsWith({ counts }: StoredImport, outcome: BatchOutcome): StoredImport['counts'] {
  return {
    created: counts.created + outcome.created,
    updated: counts.updated + outcome.updated,
    targets: counts.targets + outcome.targets,
    errors: counts.errors + outcome.refused.reduce((sum, { problems }) => sum + problems.length, 0),
  }
}
