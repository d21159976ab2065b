/** A statement compiled once: afterwards only values are bound. */
import { CompiledQuery, type QueryResult, type RawBuilder } from 'kysely'
import type { Connection } from './connection.ts'

export type ResultRow = Readonly<Record<string, unknown>>

export class Prepared {
  readonly #build: () => RawBuilder<unknown>
  #text: string | undefined

  /** `build` makes the statement with any value (`slot`) where one will be bound, in the order of binding. */
  constructor(build: () => RawBuilder<unknown>) {
    this.#build = build
  }

  async rows(db: Connection, values: readonly unknown[]): Promise<readonly ResultRow[]> {
    return (await this.#run(db, values)).rows
  }

  /** How many rows it touched. */
  async count(db: Connection, values: readonly unknown[]): Promise<number> {
    return Number((await this.#run(db, values)).numAffectedRows ?? 0)
  }

  #run(db: Connection, values: readonly unknown[]): Promise<QueryResult<ResultRow>> {
    this.#text ??= this.#build().compile(db).sql
    return db.executeQuery<ResultRow>(CompiledQuery.raw(this.#text, [...values]))
  }
}

/** Statements by key, built at first use. */
export class Statements {
  readonly #made = new Map<string, Prepared>()

  of(key: string, build: () => RawBuilder<unknown>): Prepared {
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const made = new Prepared(build)
    this.#made.set(key, made)
    return made
  }
}
