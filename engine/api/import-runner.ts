/** Works on imports behind the answers, batch by batch: one node per import, and what a dead node has left goes on here. */

import { formatDatetime } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import { loggedFailure } from '#base/logged-failure.ts'
import { Refusal } from '#base/problems.ts'
import type { Workspace } from '#publish/workspace.ts'
import { StaleModel } from '#records/current-model.ts'
import { breathe } from '#records/import/sheet.ts'
import type { Connection } from '#storage/connection.ts'
import { abandonedImports, claimImport, freeOfDeadProcess, holdImport, releaseImport } from '#storage/import-lease.ts'
import { changeImport, letGoImports, readImport } from '#storage/import-store.ts'
import { foreseen } from './failures.ts'
import { ImportWork, LostImport } from './import-work.ts'

export interface RunnerSettings {
  /** Who does not say within this time that they work on it has lost it. */
  readonly leaseMs: number
  /** How often it is looked for imports that nobody works on. */
  readonly lookMs: number
  /** Records of one transaction. */
  readonly batchSize?: number
  /** Between two batches, for tests. */
  readonly between?: (id: string) => Promise<void>
}

export const usualRunner: RunnerSettings = { leaseMs: 30_000, lookMs: 10_000 }

const hourMs = 3_600_000
/** A file that was checked waits this long for its commit. */
const waitingMs = 7 * 24 * hourMs

export class ImportRunner {
  readonly #workspace: Workspace
  readonly #settings: RunnerSettings
  readonly #node: string
  readonly #running = new Map<string, Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #tidied = Number.NEGATIVE_INFINITY
  #closing = false

  constructor(workspace: Workspace, settings: RunnerSettings = usualRunner) {
    this.#workspace = workspace
    this.#settings = settings
    this.#node = workspace.ids.next()
  }

  /** From now on it takes over what nobody works on; on a file at once, for its last process is gone. */
  async open(): Promise<void> {
    await this.#workspace.db.write((db) => freeOfDeadProcess(db, this.#node))
    this.#timer = setInterval(() => this.#lookAgain(), this.#settings.lookMs).unref()
    await this.look()
  }

  /** Takes over what nobody works on; resolves when it has begun. */
  async look(): Promise<void> {
    const { db, clock } = this.#workspace
    if (clock.now() - this.#tidied > hourMs) {
      this.#tidied = clock.now()
      await db.write((connection) => letGoImports(connection, this.#at(-waitingMs)))
    }
    for (const id of await db.read((connection) => abandonedImports(connection, this.#at(0)))) void this.run(id)
  }

  /** Works on it until there is nothing to do, or somebody else does; what goes wrong is in its report. */
  run(id: string): Promise<void> {
    const known = this.#running.get(id)
    if (known) return known.then(() => this.run(id))
    if (this.#closing) return Promise.resolve()
    const work = this.#work(id).finally(() => this.#running.delete(id))
    this.#running.set(id, work)
    return work
  }

  /** Imports that this process works on. */
  get running(): number {
    return this.#running.size
  }

  /** The batches on their way are finished; the rest is for the next process, or another node. */
  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#timer)
    await Promise.all(this.#running.values())
  }

  async #work(id: string): Promise<void> {
    try {
      if (await this.#workspace.db.write((db) => claimImport(db, this.#lease(id)))) await this.#goOn(id)
    } catch (error) {
      this.#warn(id, error)
    }
  }

  async #goOn(id: string): Promise<void> {
    const { batchSize, between } = this.#settings
    const work = new ImportWork(this.#workspace, { id, hold: (db) => this.#hold(db, id), batchSize })
    try {
      for (let more = true; more && !this.#closing; ) {
        more = await work.step().catch((error: unknown) => this.#survive(id, error))
        await between?.(id)
        await breathe()
      }
    } catch (error) {
      if (error instanceof LostImport) return
      throw error
    }
    await this.#workspace.db.write((db) => releaseImport(db, { id, node: this.#node }))
  }

  /** Definitions that were published meanwhile: once more. Anything else but an overload ends the import where it stands. */
  async #survive(id: string, error: unknown): Promise<boolean> {
    if (error instanceof StaleModel) return true
    if (error instanceof LostImport) throw error
    const problem = foreseen(error)
    if (problem?.code === 'unavailable') return false
    this.#warn(id, error)
    await this.#workspace.db.write(async (db) => {
      await this.#hold(db, id)
      const stored = await readImport(db, id)
      if (!stored) return
      const { created, updated, targets } = stored.counts
      const wrote = stored.state !== 'arriving' && stored.state !== 'checking' && created + updated + targets > 0
      const failed = { failed: problem?.code ?? 'internal', issues: (problem?.issues ?? []) as unknown as Json }
      const state = wrote ? 'stopped' : 'failed'
      await changeImport(db, id, { state, report: { ...stored.report, ...failed }, asked: null, at: this.#at(0) })
    })
    return false
  }

  async #hold(db: Connection, id: string): Promise<void> {
    if (!(await holdImport(db, this.#lease(id)))) throw new LostImport()
  }

  #lookAgain(): void {
    this.look().catch((error: unknown) => this.#warn(null, error))
  }

  #lease(id: string) {
    return { id, node: this.#node, now: this.#at(0), until: this.#at(this.#settings.leaseMs) }
  }

  #at(ahead: number): string {
    return formatDatetime(this.#workspace.clock.now() + ahead)
  }

  #warn(id: string | null, error: unknown): void {
    const { log } = this.#workspace
    if (error instanceof Refusal) log.warn('import.failed', { import: id, code: error.problem.code })
    else log.error('import.failed', { import: id, failure: loggedFailure(error) })
  }
}
