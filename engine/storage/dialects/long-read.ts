/** Statements of one long read: they run in a reader process and see one snapshot; time and rows are limited. */
import type { Kysely } from 'kysely'
import { Bug } from '#base/bug.ts'
import { Refusal } from '#base/problems.ts'
import type { Batch, ReaderChild } from './reader-child.ts'
import { type Answer, bindKysely, type ResultRow, type Session } from './session.ts'
import { spelling } from './sqlite-session.ts'
import type { Tables } from './tables.ts'

type List = readonly unknown[]

export interface LongReadLimits {
  readonly mostMs: number
  readonly mostRows: number
}

export class LongRead implements Session {
  readonly kysely: Kysely<Tables>
  readonly #child: ReaderChild
  readonly #tally: { statements: number }
  readonly #mostRows: number
  #leftMs: number
  #begun = false
  /** Statements asked for at once run one after the other. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(child: ReaderChild, { mostMs, mostRows }: LongReadLimits, tally: { statements: number }) {
    this.#child = child
    this.#tally = tally
    this.kysely = bindKysely(this, spelling)
    this.#mostRows = mostRows
    this.#leftMs = mostMs
  }

  async run(text: string, parameters: List): Promise<Answer> {
    return { rows: await this.#after(() => this.#collect(text, parameters, objectOf)), count: 0 }
  }

  /** Each row as a list of values in the order of its columns. */
  lists(text: string, parameters: List): Promise<readonly List[]> {
    return this.#after(() => this.#collect(text, parameters, (_columns, row) => row))
  }

  async script(): Promise<Answer['rows']> {
    throw new Bug('a long read asks one statement at a time')
  }

  async control(): Promise<void> {
    throw new Bug('a long read has no savepoints')
  }

  /** Lets the snapshot go. */
  end(): void {
    if (this.#begun) this.#child.end()
  }

  #after<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #collect<T>(sql: string, parameters: List, shape: (columns: readonly string[], row: List) => T): Promise<T[]> {
    const found: T[] = []
    const begins = !this.#begun
    this.#tally.statements += 1
    this.#begun = true
    let batch = await this.#ask({ is: 'run', begins, sql, parameters })
    for (;;) {
      for (const row of batch.rows) found.push(shape(batch.columns, row))
      if (batch.last) return found
      if (found.length > this.#mostRows) throw new Refusal('query-too-long')
      batch = await this.#ask({ is: 'more' })
    }
  }

  async #ask(request: Parameters<ReaderChild['ask']>[0]): Promise<Batch> {
    const startMs = performance.now()
    try {
      return await this.#child.ask(request, this.#leftMs)
    } finally {
      this.#leftMs -= performance.now() - startMs
    }
  }
}

function objectOf(columns: readonly string[], row: List): ResultRow {
  const made: Record<string, unknown> = {}
  for (let index = 0; index < columns.length; index += 1) made[columns[index] as string] = row[index]
  return made
}
