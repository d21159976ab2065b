/** Prepared statements of one SQLite connection, kept while the schema stands still. */
import type { Database as Sqlite, Statement } from 'better-sqlite3'

const most = 1_000
const changesSchema = /^\s*(create|alter|drop)\b/i
/** Sessions, keys, users and the pointer to the published revision: what decides who somebody is and which rules hold. */
const decidesIdentity = /\b(fl_session|fl_key|fl_setting|r_user)\b/

/** Shared by all connections to one file: a change of the schema empties every cache. */
export interface SchemaEpoch {
  number: number
}

export interface Known {
  readonly statement: Statement
  /** It answers with rows. */
  readonly reads: boolean
  readonly touchesIdentity: boolean
}

export class StatementCache {
  readonly #sqlite: Sqlite
  readonly #epoch: SchemaEpoch
  readonly #statements = new Map<string, Known>()
  readonly #lists = new Map<string, Statement>()
  #seen: number

  constructor(sqlite: Sqlite, epoch: SchemaEpoch) {
    this.#sqlite = sqlite
    this.#epoch = epoch
    this.#seen = epoch.number
  }

  get(text: string): Known {
    if (this.#seen !== this.#epoch.number) this.#forget()
    const known = this.#statements.get(text)
    if (known !== undefined) return known
    const statement = this.#sqlite.prepare(text)
    const made = {
      statement,
      reads: statement.reader,
      touchesIdentity: !statement.readonly && decidesIdentity.test(text),
    }
    if (changesSchema.test(text)) this.#epoch.number += 1
    else keep(this.#statements, text, made)
    return made
  }

  /** A reading statement whose rows come as lists of values. */
  lists(text: string): Statement {
    if (this.#seen !== this.#epoch.number) this.#forget()
    const known = this.#lists.get(text)
    if (known !== undefined) return known
    const made = this.#sqlite.prepare(text).raw()
    keep(this.#lists, text, made)
    return made
  }

  #forget(): void {
    this.#statements.clear()
    this.#lists.clear()
    this.#seen = this.#epoch.number
  }
}

/** The oldest half makes room: finding out which was used last would cost each use. */
function keep<T>(cache: Map<string, T>, text: string, made: T): void {
  if (cache.size >= most) for (const old of [...cache.keys()].slice(0, most / 2)) cache.delete(old)
  cache.set(text, made)
}
