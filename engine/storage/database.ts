/** Opens the one database of a workspace: a SQLite file, or PostgreSQL by url. */
import type { Log } from '#base/ports.ts'
import type { Connection, Dialect } from './connection.ts'

export interface Database {
  readonly dialect: Dialect
  /** A consistent look; never waits for a write. */
  read<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /**
   * One transaction: SQLite's single writer in arrival order, PostgreSQL READ COMMITTED, repeated up to 5 times after a deadlock or
   * serialisation failure (so `work` must have no effects of its own: use `afterCommit`). Refusals: `unavailable`, `still-linked`.
   */
  write<T>(work: (db: Connection) => Promise<T>): Promise<T>
  /** Reads the settings back and throws where one is not as promised. */
  verifySettings(): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://…`; null: the file `formloom.sqlite` in `folder`. */
  readonly url: string | null
  readonly folder: string
  readonly log: Log
}

export declare function openDatabase(options: DatabaseOptions): Promise<Database>
