/** What the two databases have in common: sessions in a snapshot, for one statement, or in a writing transaction. */
import type { Relay } from '../change-feed.ts'
import type { Dialect } from '../connection.ts'
import type { Session } from './session.ts'
import type { PoolUse } from './sqlite-readers.ts'

export type Work<T> = (session: Session) => Promise<T>

/** How it stands just now. */
export interface EngineUse {
  readonly connections: PoolUse
  /** Size of the write-ahead log; null where the database server keeps it. */
  readonly walBytes: number | null
  /** Run so far, without begin, commit and savepoints. */
  readonly statements: number
  /** Commits so far; on SQLite many writes share one. */
  readonly commits: number
}

export interface Engine {
  readonly dialect: Dialect
  readonly relay: Relay | null
  /** All that `work` reads is of one moment. */
  snapshot<T>(work: Work<T>): Promise<T>
  /** A snapshot for work that may take seconds: on SQLite in a process of its own. Limits on time and rows; `query-too-long` beyond. */
  long<T>(work: Work<T>): Promise<T>
  /** So many of them at once. */
  readonly longReads: number
  /** No transaction around it: for work that runs one statement. */
  single<T>(work: Work<T>): Promise<T>
  /** Resolves once it is committed. May run `work` more than once. */
  transact<T>(work: Work<T>): Promise<T>
  /** A short transaction beside the caller's; null where the only writer would wait for itself. */
  readonly aside: (<T>(work: Work<T>) => Promise<T>) | null
  /** Another text whenever sessions, keys, users or the published revision may have changed; null where nobody can know without asking, and while a write is changing them. */
  identityStamp(): string | null
  use(): EngineUse
  verify(): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}
