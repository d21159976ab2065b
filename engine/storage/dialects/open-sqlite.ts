/** Opens the SQLite file: one writer, several readers, every promise about durability set. */
import { closeSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3'
import { Kysely } from 'kysely'
import type { Tables } from '../connection.ts'
import { registerFunctions } from './functions.ts'
import { type PoolUse, type SqlitePool, sqliteDialect } from './sqlite-driver.ts'

const fileName = 'formloom.sqlite'
const mostReaders = 16
const ownerOnly = 0o600
const busyTimeoutMs = 20

export interface OpenedSqlite {
  readonly writer: Kysely<Tables>
  readonly readers: Kysely<Tables>
  use(): { readonly connections: PoolUse; readonly walBytes: number }
  verify(): Readonly<Record<string, string>>
}

export function openSqlite(folder: string): OpenedSqlite {
  const path = join(folder, fileName)
  closeSync(openSync(path, 'a', ownerOnly))
  const writing = openWriter(path)
  const epoch = { number: 0 }
  const writer: SqlitePool = { open: () => writing, most: 1, begin: 'begin immediate', epoch }
  const use = { open: 0, free: 0, waiting: 0 }
  const readers: SqlitePool = { open: () => openReader(path), most: mostReaders, begin: 'begin', epoch, use }
  return {
    writer: new Kysely<Tables>({ dialect: sqliteDialect(writer) }),
    readers: new Kysely<Tables>({ dialect: sqliteDialect(readers) }),
    use: () => ({ connections: { ...use }, walBytes: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0 }),
    verify: () => settingsOf(writing),
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
