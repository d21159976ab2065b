/** One SQLite connection: prepared statements, run on the calling thread, counted. */
import type { Database as Sqlite } from 'better-sqlite3'
import { type Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { bindable } from './bindable.ts'
import { type Answer, bindKysely, type Session } from './session.ts'
import { type SchemaEpoch, StatementCache } from './statements.ts'
import type { Tables } from './tables.ts'

/** Kysely's words for SQLite. */
export const spelling = {
  adapter: () => new SqliteAdapter(),
  compiler: () => new SqliteQueryCompiler(),
  introspector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
}

/** Statements run so far, over all connections to one file; begin, commit and savepoints are not counted. */
export interface Tally {
  statements: number
}

export class SqliteSession implements Session {
  readonly sqlite: Sqlite
  readonly kysely: Kysely<Tables>
  readonly #statements: StatementCache
  readonly #tally: Tally
  #touches = false

  constructor(sqlite: Sqlite, { epoch, tally }: { readonly epoch: SchemaEpoch; readonly tally: Tally }) {
    this.sqlite = sqlite
    this.#statements = new StatementCache(sqlite, epoch)
    this.#tally = tally
    this.kysely = bindKysely(this, spelling)
  }

  run(text: string, parameters: readonly unknown[]): Answer {
    this.#tally.statements += 1
    const { statement, reads, touchesIdentity } = this.#statements.get(text)
    if (touchesIdentity) this.#touches = true
    const bound = parameters.map(bindable)
    if (reads) return { rows: statement.all(bound) as Answer['rows'], count: 0 }
    return { rows: [], count: statement.run(bound).changes }
  }

  lists(text: string, parameters: readonly unknown[]): readonly (readonly unknown[])[] {
    this.#tally.statements += 1
    return this.#statements.lists(text).all(parameters.map(bindable)) as unknown[][]
  }

  script(statements: readonly string[]): Answer['rows'] {
    return statements.map((text) => this.run(text, []).rows).at(-1) ?? []
  }

  /** Begin, commit, savepoints: nothing that is counted or bound. A full disk has rolled everything back already. */
  control(text: string): void {
    if (text.startsWith('r') && !this.sqlite.inTransaction) return
    this.#statements.get(text).statement.run()
  }

  /** Did the open transaction write what decides who somebody is? */
  get touchesIdentity(): boolean {
    return this.#touches
  }

  /** The open transaction has ended. */
  forgetTouches(): void {
    this.#touches = false
  }
}
