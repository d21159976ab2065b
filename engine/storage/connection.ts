/** The handle that all SQL runs on, and what belongs to the transaction behind it. Only storage looks inside. */

import type { Kysely } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { ChangeFeed, FeedEvent } from './change-feed.ts'
import type { Session } from './dialects/session.ts'
import type { Tables } from './dialects/tables.ts'

export type Dialect = 'sqlite' | 'postgres'

/** One connection inside `read` or `write`. Above storage it is only handed on. */
export type Connection = Kysely<Tables>

/** What outlives a transaction: one per opened database. */
export interface DatabaseContext {
  readonly dialect: Dialect
  /** A short transaction of its own, beside the caller's (PostgreSQL only): number blocks. */
  aside<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /** Things remembered per database; keys are private symbols of their modules. */
  readonly memory: Map<symbol, unknown>
  readonly feed: ChangeFeed
  /** See `Database`. */
  identityStamp(): string | null
}

interface ConnectionContext {
  readonly database: DatabaseContext
  /** What the connection runs on, for statements that are written once and kept. */
  readonly session: Session
  /** Absent in reads. */
  readonly afterCommit?: (() => void)[]
}

const contexts = new WeakMap<Connection, ConnectionContext>()

export function bindContext(db: Connection, context: ConnectionContext): void {
  contexts.set(db, context)
}

export function contextOf(db: Connection): ConnectionContext {
  const context = contexts.get(db)
  if (context === undefined) throw new Bug('a connection from outside read or write')
  return context
}

export function dialectOf(db: Connection): Dialect {
  return contextOf(db).database.dialect
}

/** Runs `task` once the transaction of `db` is committed; never when it is rolled back. What it throws is logged. */
export function afterCommit(db: Connection, task: () => void): void {
  const tasks = contextOf(db).afterCommit
  if (tasks === undefined) throw new Bug('afterCommit outside a write')
  tasks.push(task)
}

/** Tells it once the transaction of `db` is committed; never when it is rolled back. */
export function announce(db: Connection, event: FeedEvent): void {
  const { afterCommit, database } = contextOf(db)
  afterCommit?.push(() => database.feed.emit(event))
}

/** The value that this database remembers under `key`, made at first use. */
export function remembered<T>(db: Connection, key: symbol, make: () => T): T {
  const { memory } = contextOf(db).database
  if (!memory.has(key)) memory.set(key, make())
  return memory.get(key) as T
}
