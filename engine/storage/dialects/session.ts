/** One connection as storage works with it: statements by text, and Kysely bound to it for what is built by hand. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type DialectAdapter,
  type Driver,
  Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely'
import { Bug } from '#base/bug.ts'
import type { Tables } from './tables.ts'

export type ResultRow = Readonly<Record<string, unknown>>

export interface Answer {
  readonly rows: readonly ResultRow[]
  /** Rows that a writing statement touched. */
  readonly count: number
}

export interface Session {
  readonly kysely: Kysely<Tables>
  /** Runs one statement; its text is prepared once and kept. */
  run(text: string, parameters: readonly unknown[]): Answer | Promise<Answer>
  /** The same with each row as a list of values in the order of its columns. */
  lists(
    text: string,
    parameters: readonly unknown[],
  ): readonly (readonly unknown[])[] | Promise<readonly (readonly unknown[])[]>
  /** Statements without parameters in one trip to the database: the rows of the last. */
  script(statements: readonly string[]): readonly ResultRow[] | Promise<readonly ResultRow[]>
  /** Savepoints, by one name: the innermost is meant. */
  control(text: string): void | Promise<void>
}

/** What Kysely needs to know of a dialect. */
export interface Spelling {
  adapter(): DialectAdapter
  compiler(): QueryCompiler
  introspector(db: Kysely<unknown>): DatabaseIntrospector
}

/** Kysely over this one connection; transactions are begun and ended around it, never through it. */
export function bindKysely(session: Omit<Session, 'kysely'>, spelling: Spelling): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => spelling.adapter(),
      createDriver: () => new BoundDriver(session),
      createIntrospector: (db) => spelling.introspector(db as Kysely<unknown>),
      createQueryCompiler: () => spelling.compiler(),
    },
  })
}

class BoundDriver implements Driver {
  readonly #connection: DatabaseConnection

  constructor(session: Omit<Session, 'kysely'>) {
    this.#connection = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, count } = await session.run(sql, parameters)
        return { rows: rows as R[], numAffectedRows: BigInt(count) }
      },
      // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing streams through it.
      async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
        throw new Bug('this connection does not stream')
      },
    }
  }

  async init(): Promise<void> {}
  async destroy(): Promise<void> {}
  async releaseConnection(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    throw new Bug('a transaction is begun by the database, not by its connection')
  }

  async commitTransaction(): Promise<void> {
    throw new Bug('a transaction is ended by the database, not by its connection')
  }

  async rollbackTransaction(): Promise<void> {
    throw new Bug('a transaction is ended by the database, not by its connection')
  }
}
