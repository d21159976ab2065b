/** A statement compiled once: afterwards only values are bound. */
import type { CompiledQuery, RawBuilder } from 'kysely'
import { type Connection, contextOf } from './connection.ts'
import type { Answer, ResultRow } from './dialects/session.ts'

export type { ResultRow }

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
    return (await this.#run(db, values)).count
  }

  #run(db: Connection, values: readonly unknown[]): Answer | Promise<Answer> {
    this.#text ??= this.#build().compile(db).sql
    return contextOf(db).session.run(this.#text, values)
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

/** Marks the values of a template that are bound at each run. */
const holes = [Symbol('hole 0'), Symbol('hole 1'), Symbol('hole 2'), Symbol('hole 3')] as const

/** The place of value `index` in a template. */
export function hole(index: 0 | 1 | 2 | 3): symbol {
  return holes[index]
}

/** Like `Prepared` for statements that carry constants of their own: only the holes are filled at each run. */
export class Template {
  readonly #build: () => RawBuilder<unknown>
  #compiled: CompiledQuery | undefined

  constructor(build: () => RawBuilder<unknown>) {
    this.#build = build
  }

  async rows(db: Connection, values: readonly unknown[]): Promise<readonly ResultRow[]> {
    this.#compiled ??= this.#build().compile(db)
    const filled = this.#compiled.parameters.map((parameter) =>
      typeof parameter === 'symbol' ? values[holes.indexOf(parameter)] : parameter,
    )
    return (await contextOf(db).session.run(this.#compiled.sql, filled)).rows
  }
}
