/** Prepared statements of one SQLite connection, kept while the schema stands still. */
import type { Database as Sqlite, Statement } from 'better-sqlite3'

const most = 500
const changesSchema = /^\s*(create|alter|drop)\b/i
/** Their names differ every time. */
const isOnce = /^\s*(savepoint|release|rollback to)\b/i

/** Shared by all connections to one file: a change of the schema empties every cache. */
export interface SchemaEpoch {
  number: number
}

export class StatementCache {
  readonly #sqlite: Sqlite
  readonly #epoch: SchemaEpoch
  readonly #statements = new Map<string, Statement>()
  #seen: number

  constructor(sqlite: Sqlite, epoch: SchemaEpoch) {
    this.#sqlite = sqlite
    this.#epoch = epoch
    this.#seen = epoch.number
  }

  get(text: string): Statement {
    if (this.#seen !== this.#epoch.number) this.#forget()
    const known = this.#statements.get(text)
    if (known !== undefined) return this.#touch(text, known)
    const made = this.#sqlite.prepare(text)
    if (changesSchema.test(text)) this.#epoch.number += 1
    else if (!isOnce.test(text)) this.#keep(text, made)
    return made
  }

  #keep(text: string, statement: Statement): void {
    if (this.#statements.size >= most) {
      const oldest = this.#statements.keys().next().value
      if (oldest !== undefined) this.#statements.delete(oldest)
    }
    this.#statements.set(text, statement)
  }

  /** What was used last is forgotten last. */
  #touch(text: string, statement: Statement): Statement {
    this.#statements.delete(text)
    this.#statements.set(text, statement)
    return statement
  }

  #forget(): void {
    this.#statements.clear()
    this.#seen = this.#epoch.number
  }
}
