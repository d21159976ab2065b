/** Opens the one database of a workspace: a SQLite file, or PostgreSQL by url. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type Kysely, sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { Log } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import { ChangeFeed, type Relay } from './change-feed.ts'
import { bindContext, type Connection, type DatabaseContext, type Dialect, type Tables } from './connection.ts'
import { isRetryable, translateFailure } from './dialects/failures.ts'
import { openPostgres } from './dialects/open-postgres.ts'
import { openSqlite } from './dialects/open-sqlite.ts'
import type { PoolUse } from './dialects/sqlite-driver.ts'
import { checkSettings } from './settings.ts'

export interface Database {
  readonly dialect: Dialect
  /** What is committed, here and on the other nodes. */
  readonly feed: ChangeFeed
  /** A consistent look (one snapshot); never waits for a write. Refusal: `unavailable`. */
  read<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /**
   * One transaction: SQLite's single writer in arrival order, PostgreSQL READ COMMITTED, repeated up to 5 times after a deadlock or
   * serialisation failure (so `work` must have no effects of its own: use `afterCommit`). Refusals: `unavailable`, `still-linked`.
   */
  write<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /** Reads the settings back and throws where one is not as promised. */
  verifySettings(): Promise<Readonly<Record<string, string>>>
  /** How it stands just now; asks the database nothing. */
  load(): DatabaseLoad
  close(): Promise<void>
}

export interface DatabaseLoad {
  /** Writes that run or wait. */
  readonly writes: number
  readonly connections: PoolUse
  /** Size of the write-ahead log; null where the database server keeps it. */
  readonly walBytes: number | null
}

export interface DatabaseOptions {
  /** `postgres://…`; null: the file `formloom.sqlite` in `folder`. */
  readonly url: string | null
  readonly folder: string
  readonly log: Log
}

/** Pools and settings of one dialect, ready to be wrapped. */
interface Opened {
  readonly dialect: Dialect
  readonly reading: Kysely<Tables>
  readonly writing: Kysely<Tables>
  readonly aside: Kysely<Tables> | null
  readonly relay: Relay | null
  use(): Omit<DatabaseLoad, 'writes'>
  verify(): Promise<Readonly<Record<string, string>>>
}

const mostAttempts = 5
/** The database that the current chain of calls is writing to. */
const writing = new AsyncLocalStorage<OpenDatabase>()
const mostQueued = 2_000

/** Opens, and refuses a database whose settings are not as promised. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const opened = options.url === null ? openFile(options) : openServer(options.url, options.log)
  const database = new OpenDatabase(opened, options.log)
  try {
    await database.verifySettings()
    return database
  } catch (error) {
    await database.close()
    throw translateFailure(error)
  }
}

function openFile({ folder }: DatabaseOptions): Opened {
  const { writer, readers, use, verify } = openSqlite(folder)
  return {
    dialect: 'sqlite',
    reading: readers,
    writing: writer,
    aside: null,
    relay: null,
    use,
    verify: async () => verify(),
  }
}

function openServer(url: string, log: Log): Opened {
  const { pool, aside, relay, use, verify } = openPostgres(url, log)
  return {
    dialect: 'postgres',
    reading: pool,
    writing: pool,
    aside,
    relay,
    use: () => ({ connections: use(), walBytes: null }),
    verify,
  }
}

class OpenDatabase implements Database {
  readonly dialect: Dialect
  readonly feed: ChangeFeed
  readonly #opened: Opened
  readonly #log: Log
  readonly #context: DatabaseContext
  #running = 0

  constructor(opened: Opened, log: Log) {
    this.dialect = opened.dialect
    this.#opened = opened
    this.#log = log
    this.feed = new ChangeFeed(opened.relay)
    this.#context = {
      dialect: opened.dialect,
      aside: (work) => this.#aside(work),
      memory: new Map(),
      feed: this.feed,
    }
  }

  read<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    const transaction = this.#opened.reading.transaction().setAccessMode('read only')
    return this.#repeat(() => transaction.execute((db) => work(this.#bind(db))))
  }

  async write<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    if (writing.getStore() === this)
      throw new Bug('a write inside a write would wait for itself: hand the connection on')
    if (this.#running >= mostQueued) throw new Refusal('unavailable', { params: { retry_after: 1 } })
    this.#running += 1
    try {
      return await this.#repeat(() => this.#transact(work))
    } finally {
      this.#running -= 1
    }
  }

  async verifySettings(): Promise<Readonly<Record<string, string>>> {
    const settings = await this.#opened.verify()
    checkSettings(this.dialect, settings)
    return settings
  }

  load(): DatabaseLoad {
    return { writes: this.#running, ...this.#opened.use() }
  }

  async close(): Promise<void> {
    const { reading, writing, aside } = this.#opened
    await this.feed.close()
    await reading.destroy()
    if (writing !== reading) await writing.destroy()
    await aside?.destroy()
  }

  async #transact<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    const tasks: (() => void)[] = []
    const answer = await writing.run(this, () =>
      this.#opened.writing.transaction().execute((db) => work(this.#bind(db, tasks))),
    )
    for (const task of tasks) this.#runAfter(task)
    return answer
  }

  #aside<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    const { aside } = this.#opened
    if (aside === null) throw new Refusal('unavailable')
    return this.#repeat(() => aside.transaction().execute((db) => work(this.#bind(db))))
  }

  #bind(db: Connection, afterCommit?: (() => void)[]): Connection {
    bindContext(db, { database: this.#context, ...(afterCommit && { afterCommit }) })
    return db
  }

  #runAfter(task: () => void): void {
    try {
      task()
    } catch (error) {
      this.#log.error('after-commit.failed', { message: error instanceof Error ? error.message : String(error) })
    }
  }

  async #repeat<T>(attempt: () => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await attempt()
      } catch (error) {
        if (!isRetryable(error)) throw translateFailure(error)
        if (count === mostAttempts) throw new Refusal('unavailable', { params: { retry_after: 1 } })
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * count))
    }
  }
}

/** True when the database answers. */
export async function isReachable(database: Database): Promise<boolean> {
  return database.read(async (db) => (await sql`select 1`.execute(db)).rows.length === 1)
}
