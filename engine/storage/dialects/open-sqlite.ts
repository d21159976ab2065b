/** Opens the SQLite file: one writer, several readers, every promise about durability set. */
import { closeSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3'
import type { Engine } from './engine.ts'
import { registerFunctions } from './functions.ts'
import { type ReaderLimits, ReaderPool } from './reader-pool.ts'
import { SqliteReaders } from './sqlite-readers.ts'
import { SqliteSession } from './sqlite-session.ts'
import { SqliteWriter } from './sqlite-writer.ts'

const fileName = 'formloom.sqlite'
const mostReaders = 16
const ownerOnly = 0o600
const busyTimeoutMs = 20

export function openSqlite(folder: string, limits: ReaderLimits): Engine {
  const path = join(folder, fileName)
  closeSync(openSync(path, 'a', ownerOnly))
  const shared = { epoch: { number: 0 }, tally: { statements: 0 } }
  const writing = openWriter(path)
  const readers = new SqliteReaders(() => new SqliteSession(openReader(path), shared), mostReaders)
  const long = new ReaderPool({ path, limits, tally: shared.tally })
  const identity = { changes: 0 }
  const session = new SqliteSession(writing, shared)
  const writer = new SqliteWriter(session, () => {
    identity.changes += 1
  })
  const foreign = writing.prepare('pragma data_version').pluck()
  return {
    dialect: 'sqlite',
    relay: null,
    snapshot: (work) => readers.snapshot(work),
    long: (work) => long.snapshot(work),
    longReads: limits.processes,
    single: (work) => readers.single(work),
    transact: (work) => writer.write(work),
    aside: null,
    identityStamp: () => (session.touchesIdentity ? null : `${identity.changes} ${foreign.get()}`),
    use: () => ({
      connections: readers.use(),
      walBytes: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      statements: shared.tally.statements,
      commits: writer.groups,
    }),
    verify: async () => settingsOf(writing),
    async close() {
      await writer.close()
      long.close()
      readers.close()
    },
  }
}

function openWriter(path: string): Sqlite {
  const sqlite = new BetterSqlite(path, { timeout: busyTimeoutMs })
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('cache_size = -65536')
  return prepare(sqlite)
}

function openReader(path: string): Sqlite {
  const sqlite = new BetterSqlite(path, { readonly: true, timeout: busyTimeoutMs })
  sqlite.pragma('query_only = ON')
  return prepare(sqlite)
}

function prepare(sqlite: Sqlite): Sqlite {
  sqlite.pragma('trusted_schema = OFF')
  registerFunctions(sqlite)
  sqlite.pragma('temp_store = MEMORY')
  sqlite.pragma('mmap_size = 268435456')
  return sqlite
}

function settingsOf(sqlite: Sqlite): Readonly<Record<string, string>> {
  const names = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'busy_timeout']
  const settings = names.map((name) => [name, String(sqlite.pragma(name, { simple: true }))])
  const version = sqlite.prepare('select sqlite_version()').pluck().get()
  return { ...Object.fromEntries(settings), sqlite_version: String(version) }
}
