/** Opens the one database of a workspace: a SQLite file, or PostgreSQL by url. */

import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import { loggedFailure } from '#base/logged-failure.ts'
import type { Log } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import { ChangeFeed } from './change-feed.ts'
import { bindContext, type Connection, type DatabaseContext, type Dialect } from './connection.ts'
import type { Engine, EngineUse } from './dialects/engine.ts'
import { isOutOfRoom, isRetryable, translateFailure } from './dialects/failures.ts'
import { openSqlite } from './dialects/open-sqlite.ts'
import { type ReaderLimits, usualReaderLimits } from './dialects/reader-pool.ts'
import type { Session } from './dialects/session.ts'
import type { Tables } from './dialects/tables.ts'
import { LongTurns } from './long-turns.ts'
import { writeSetting } from './setting-store.ts'
import { checkSettings } from './settings.ts'
import { WriteHealth } from './write-health.ts'

export interface Database {
  readonly dialect: Dialect
  /** What is committed, here and on the other nodes. */
  readonly feed: ChangeFeed
  /** A consistent look (one snapshot); never waits for a write. Refusal: `unavailable`. */
  read<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /** The same for work that may take seconds (aggregates, exports, whole counts): never holds the thread of the server. Callers take turns. Refusals: `unavailable`, `too-many-requests`, `query-too-long`. */
  readLong<T>(work: (db: Connection) => Promise<T>, caller?: string | null): Promise<T>
  /** The same for work that runs one statement, which is a snapshot by itself: no transaction around it. */
  single<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /**
   * One unit that is kept whole or not at all; answered when it is on the disk. SQLite: the single writer in arrival order, where writes
   * that arrive together share one commit. PostgreSQL: READ COMMITTED, repeated up to 5 times after a deadlock or serialisation failure.
   * `work` may run again, so it must have no effects of its own: use `afterCommit`. Refusals: `unavailable`, `still-linked`.
   */
  write<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /** Another text whenever sessions, keys, users or the published revision may have changed; null: only the database knows. */
  identityStamp(): string | null
  /** Reads the settings back and throws where one is not as promised. */
  verifySettings(): Promise<Readonly<Record<string, string>>>
  /** Writes that run or wait. */
  readonly writing: number
  /** How it stands just now; asks the database nothing. */
  load(): DatabaseLoad
  close(): Promise<void>
}

export interface DatabaseLoad extends EngineUse {
  /** Writes that run or wait. */
  readonly writes: number
  /** The last write found no room: a full disk, a file or a server that takes none. */
  readonly readOnly: boolean
}

export interface DatabaseOptions {
  /** `postgres://…`; null: the file `formloom.sqlite` in `folder`. */
  readonly url: string | null
  readonly folder: string
  readonly log: Log
  /** Finds a write inside a write, which would wait for itself: costs each promise a little, so tests ask for it. */
  readonly watchNesting?: boolean
  /** What long reads may take, where the usual is not meant. */
  readonly longReads?: Partial<ReaderLimits>
}

const mostAttempts = 5
const mostQueued = 2_000
const mostWaitingLong = 50
/** What an ordinary write takes, with its change and its indexes. */
const probeText = 'x'.repeat(64 * 1024)

/** Opens, and refuses a database whose settings are not as promised. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, folder, log } = options
  const limits = { ...usualReaderLimits, ...options.longReads }
  const engine = url === null ? openSqlite(folder, limits) : await openServer(url, { log, limits })
  const database = new OpenDatabase(engine, options)
  try {
    await database.verifySettings()
    return database
  } catch (error) {
    await database.close()
    throw translateFailure(error)
  }
}

/** Its driver is loaded where it is used: a company on a file starts without it. */
async function openServer(url: string, { log, limits }: { readonly log: Log; readonly limits: ReaderLimits }) {
  const { openPostgres } = await import('./dialects/open-postgres.ts')
  return openPostgres(url, log, limits)
}

type Tasks = (() => void)[]

class OpenDatabase implements Database {
  readonly dialect: Dialect
  readonly feed: ChangeFeed
  readonly #engine: Engine
  readonly #log: Log
  readonly #context: DatabaseContext
  readonly #health: WriteHealth
  readonly #writing: AsyncLocalStorage<true> | null
  readonly #longTurns: LongTurns
  #running = 0

  constructor(engine: Engine, { log, watchNesting }: DatabaseOptions) {
    this.dialect = engine.dialect
    this.#engine = engine
    this.#longTurns = new LongTurns({ most: engine.longReads, mostWaiting: mostWaitingLong })
    this.#log = log
    this.#health = new WriteHealth(log, () => this.#probe())
    this.#writing = watchNesting === true ? new AsyncLocalStorage() : null
    this.feed = new ChangeFeed(engine.relay)
    this.#context = {
      dialect: engine.dialect,
      aside: (work) => this.#aside(work),
      memory: new Map(),
      feed: this.feed,
      identityStamp: () => engine.identityStamp(),
    }
  }

  read<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    return this.#repeat(() => this.#engine.snapshot((session) => work(this.#bind(session))))
  }

  readLong<T>(work: (db: Connection) => Promise<T>, caller?: string | null): Promise<T> {
    const read = () => this.#engine.long((session) => work(this.#bind(session)))
    return this.#longTurns.take(caller ?? '', () => this.#repeat(read))
  }

  single<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    return this.#repeat(() => this.#engine.single((session) => work(this.#bind(session))))
  }

  async write<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    if (this.#writing?.getStore()) throw new Bug('a write inside a write would wait for itself: hand the connection on')
    if (this.#running >= mostQueued) throw new Refusal('unavailable', { params: { retry_after: 1 } })
    this.#running += 1
    try {
      const { answer, tasks } = await this.#repeat(() => this.#transact(work))
      for (const task of tasks) this.#runAfter(task)
      return answer
    } finally {
      this.#running -= 1
    }
  }

  identityStamp(): string | null {
    return this.#engine.identityStamp()
  }

  async verifySettings(): Promise<Readonly<Record<string, string>>> {
    const settings = await this.#engine.verify()
    checkSettings(this.dialect, settings)
    return settings
  }

  get writing(): number {
    return this.#running
  }

  load(): DatabaseLoad {
    return { writes: this.#running, readOnly: this.#health.readOnly, ...this.#engine.use() }
  }

  async close(): Promise<void> {
    this.#health.close()
    await this.feed.close()
    await this.#engine.close()
  }

  #transact<T>(work: (db: Connection) => Promise<T>): Promise<{ readonly answer: T; readonly tasks: Tasks }> {
    const transacted = this.#engine.transact(async (session) => {
      const tasks: Tasks = []
      const run = () => work(this.#bind(session, tasks))
      const answer = await (this.#writing ? this.#writing.run(true, run) : run())
      return { answer, tasks }
    })
    transacted.catch((error: unknown) => isOutOfRoom(error) && this.#health.failed(error))
    return transacted
  }

  async #probe(): Promise<void> {
    for (const text of [probeText, '']) await this.write((db) => writeSetting(db, 'probe', text))
  }

  #aside<T>(work: (db: Connection) => Promise<T>): Promise<T> {
    const { aside } = this.#engine
    if (aside === null) throw new Refusal('unavailable')
    return this.#repeat(() => aside((session) => work(this.#bind(session))))
  }

  /** Every write has a handle of its own, for what is remembered about it. */
  #bind(session: Session, afterCommit?: Tasks): Connection {
    const db = afterCommit ? session.kysely.withTables<Tables>() : session.kysely
    bindContext(db, { database: this.#context, session, ...(afterCommit && { afterCommit }) })
    return db
  }

  #runAfter(task: () => void): void {
    try {
      task()
    } catch (error) {
      this.#log.error('after-commit.failed', { failure: loggedFailure(error) })
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
