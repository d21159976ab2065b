/** Import of a sheet in memory, for commands and packs: batch by batch through the one write line; what fails is named by line and column. */

import type { Json } from '#base/json.ts'
import type { RecordContext } from '../context.ts'
import { StaleModel } from '../current-model.ts'
import { type BatchOutcome, type BatchRequest, importOptions, runBatch } from './batch.ts'
import type { CellProblem } from './cells.ts'
import type { RefusedGroup } from './error-file.ts'
import { GroupReader } from './groups.ts'
import type { ImportMapping } from './mapping.ts'
import { type ImportPlan, openReader, planImport } from './plan.ts'
import { Rehearsal } from './rehearsal.ts'
import { sheetOf } from './sheet.ts'

export interface ImportRequest {
  readonly form: string
  readonly text: string
  /** Default: guessed from the header. */
  readonly mapping?: ImportMapping
  /** true: everything is tried and nothing kept. */
  readonly dryRun?: boolean
  /** true: one bad record refuses the whole file. */
  readonly atomic?: boolean
  /** By an admin or a pack: states, numbers and values that only effects write are taken. */
  readonly placing?: boolean
  /** Resolves `@-30`; `YYYY-MM-DD`. */
  readonly today?: string
  readonly cause?: Json
  readonly onProgress?: (done: number, total: number) => void
}

export interface ImportReport {
  readonly rows: number
  readonly records: number
  readonly created: number
  readonly updated: number
  /** Records of other forms that were missing and were made. */
  readonly targets: number
  readonly errorCount: number
  /** The first 1,000. */
  readonly errors: readonly CellProblem[]
  readonly header: readonly string[]
  readonly mapping: ImportMapping
}

export const mostErrors = 1_000
/** Records of one transaction. */
export const batchSize = 500

/** Runs the import. Refusals: not-found, forbidden, record-invalid for an unreadable file or a wrong mapping. */
export async function importCsv(context: RecordContext, request: ImportRequest): Promise<ImportReport> {
  const sheet = await sheetOf(request.text)
  const plan = planImport(context, { form: request.form, header: sheet.header, mapping: request.mapping ?? null })
  const groups = await GroupReader.open(sheet, plan.mapping.group)
  const run = new Run({ context, plan, request, groups })
  await run.all()
  const { created, updated, targets, problems } = run.tally
  return {
    rows: sheet.rows,
    records: groups.total,
    created,
    updated,
    targets,
    errorCount: problems.length,
    errors: problems.slice(0, mostErrors),
    header: sheet.header,
    mapping: plan.mapping,
  }
}

/** Thrown to undo an atomic file with errors. */
class Undo extends Error {}

interface RunParts {
  readonly context: RecordContext
  readonly plan: ImportPlan
  readonly request: ImportRequest
  readonly groups: GroupReader
}

class Run {
  tally = { created: 0, updated: 0, targets: 0, done: 0, problems: [] as CellProblem[] }
  #context: RecordContext
  readonly #parts: RunParts
  readonly #rehearsal: Rehearsal

  constructor(parts: RunParts) {
    this.#parts = parts
    this.#context = parts.context
    this.#rehearsal = new Rehearsal(parts.groups)
  }

  async all(): Promise<void> {
    const { groups, request } = this.#parts
    const size = request.atomic && !request.dryRun ? Math.max(1, groups.total) : batchSize
    let waiting: number[] = []
    for (let from = 0; from < groups.total; from += size)
      waiting.push(
        ...(await this.#batch(Array.from({ length: Math.min(size, groups.total - from) }, (_, index) => from + index))),
      )
    for (let before = Number.POSITIVE_INFINITY; waiting.length > 0 && waiting.length < before; ) {
      before = waiting.length
      const left: number[] = []
      for (let from = 0; from < waiting.length; from += size)
        left.push(...(await this.#batch(waiting.slice(from, from + size))))
      waiting = left
    }
    for (let from = 0; from < waiting.length; from += size) await this.#batch(waiting.slice(from, from + size), 'last')
  }

  /** Answers with the records that wait for others of the file. */
  async #batch(numbers: readonly number[], last?: 'last'): Promise<readonly number[]> {
    const { groups, request } = this.#parts
    const alone = request.atomic === true && !request.dryRun
    const batch = {
      groups: await groups.readThese(numbers),
      options: importOptions(request.cause, request.placing === true && this.#context.policy.admin),
      last: last === 'last' || alone,
    }
    const outcome = await this.#renewing(() => this.#write(batch))
    this.#take(outcome, alone)
    this.tally.done += numbers.length - outcome.waiting.length
    request.onProgress?.(this.tally.done, groups.total)
    return outcome.waiting
  }

  #write(batch: BatchRequest): Promise<BatchOutcome> {
    const { plan, request } = this.#parts
    const reader = () => openReader(this.#context, plan, { options: batch.options, today: request.today })
    if (request.dryRun) return this.#rehearsal.run(reader(), batch)
    return request.atomic
      ? this.#together(reader, batch)
      : this.#context.db.write((db) => runBatch(db, reader(), batch))
  }

  async #together(reader: () => ReturnType<typeof openReader>, batch: BatchRequest): Promise<BatchOutcome> {
    let outcome: BatchOutcome | null = null
    try {
      return await this.#context.db.write(async (db) => {
        outcome = await runBatch(db, reader(), batch)
        if (outcome.refused.length > 0) throw new Undo()
        return outcome
      })
    } catch (error) {
      if (error instanceof Undo && outcome) return outcome
      throw error
    }
  }

  /** Definitions were published between two batches: the rest goes on under the new ones. */
  async #renewing<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof StaleModel) || !this.#context.renew) throw error
        this.#context = await this.#context.renew()
      }
    }
  }

  #take({ created, updated, targets, refused }: BatchOutcome, alone: boolean): void {
    const kept = !(alone && refused.length > 0)
    if (kept) {
      this.tally.created += created
      this.tally.updated += updated
      this.tally.targets += targets
    }
    this.tally.problems.push(...problemsOf(refused))
  }
}

function problemsOf(refused: readonly RefusedGroup[]): readonly CellProblem[] {
  return refused.flatMap(({ problems }) => problems)
}
