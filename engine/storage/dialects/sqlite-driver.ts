/** SQLite under Kysely: connections that run prepared statements, handed out by a fair queue. */
import type { Database as Sqlite } from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Dialect as KyselyDialect,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { Bug } from '#base/bug.ts'
import { type SchemaEpoch, StatementCache } from './statements.ts'

/** Connections that are open, those of them that nobody uses, and who waits for one. */
export interface PoolUse {
  open: number
  free: number
  waiting: number
}

export interface SqlitePool {
  /** Opens one more connection. */
  open(): Sqlite
  readonly most: number
  /** `begin immediate` for the writer, `begin` for readers. */
  readonly begin: string
  readonly epoch: SchemaEpoch
  /** Kept up to date by the driver. */
  readonly use?: PoolUse
}

const lockPatienceMs = 2_000
const lockPauseMs = 25

/** Kysely's dialect over a pool of connections to one file. */
export function sqliteDialect(pool: SqlitePool): KyselyDialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(pool),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class SqliteSession implements DatabaseConnection {
  readonly sqlite: Sqlite
  readonly #statements: StatementCache

  constructor(sqlite: Sqlite, epoch: SchemaEpoch) {
    this.sqlite = sqlite
    this.#statements = new StatementCache(sqlite, epoch)
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#statements.get(query.sql)
    const parameters = query.parameters.map(bindable)
    if (statement.reader) return { rows: statement.all(parameters) as R[] }
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing streams on the shared thread.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Bug('SQLite connections do not stream')
  }

  run(text: string): void {
    this.#statements.get(text).run()
  }
}

class SqliteDriver implements Driver {
  readonly #pool: SqlitePool
  readonly #free: SqliteSession[] = []
  readonly #all: SqliteSession[] = []
  readonly #waiting: ((session: SqliteSession) => void)[] = []

  constructor(pool: SqlitePool) {
    this.#pool = pool
  }

  async init(): Promise<void> {
    this.#free.push(this.#open())
  }

  async acquireConnection(): Promise<SqliteSession> {
    const free = this.#free.pop() ?? (this.#all.length < this.#pool.most ? this.#open() : undefined)
    const session = free ?? new Promise<SqliteSession>((resolve) => this.#waiting.push(resolve))
    this.#tell()
    return session
  }

  async releaseConnection(session: SqliteSession): Promise<void> {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(session)
    else next(session)
    this.#tell()
  }

  /** The driver's own busy wait would block the thread; so it is short, and the longer wait is asynchronous. */
  async beginTransaction(session: SqliteSession): Promise<void> {
    const deadlineMs = performance.now() + lockPatienceMs
    for (;;) {
      try {
        session.run(this.#pool.begin)
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadlineMs) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, lockPauseMs))
    }
  }

  async commitTransaction(session: SqliteSession): Promise<void> {
    session.run('commit')
  }

  /** A full disk has rolled back already. */
  async rollbackTransaction(session: SqliteSession): Promise<void> {
    if (session.sqlite.inTransaction) session.run('rollback')
  }

  async destroy(): Promise<void> {
    for (const session of this.#all) session.sqlite.close()
  }

  #tell(): void {
    const use = { open: this.#all.length, free: this.#free.length, waiting: this.#waiting.length }
    if (this.#pool.use) Object.assign(this.#pool.use, use)
  }

  #open(): SqliteSession {
    const session = new SqliteSession(this.#pool.open(), this.#pool.epoch)
    this.#all.push(session)
    return session
  }
}

/** The driver binds no booleans, and whole numbers beyond 32 bits as floats. */
function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' && Number.isSafeInteger(value) && (value | 0) !== value) return BigInt(value)
  return value === undefined ? null : value
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
