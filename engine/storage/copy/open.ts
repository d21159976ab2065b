/** Connections of their own for copies: a consistent look at a database that others write, and a hold on one that is moving house. */
import { join } from 'node:path'
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3'
import type { Client } from 'pg'
import { lockNumber } from '../locks.ts'
import { PostgresTables } from './postgres-tables.ts'
import { SqliteTables } from './sqlite-tables.ts'
import { derivedTables, type TableReader } from './tables.ts'

/** `postgres://…`; null: the SQLite file in `folder`. */
export interface Place {
  readonly url: string | null
  readonly folder: string
}

export interface Snapshot {
  readonly dialect: 'sqlite' | 'postgres'
  readonly reader: TableReader
  close(): Promise<void>
}

const busyMs = 5_000

export function sqliteFile(folder: string): string {
  return join(folder, 'formloom.sqlite')
}

/** Everything as it is committed now; writers go on. PostgreSQL: a publication waits until it is closed. */
export function openSnapshot(place: Place): Promise<Snapshot> {
  return place.url === null ? openSqliteSnapshot(place.folder) : openPostgresSnapshot(place.url)
}

async function openSqliteSnapshot(folder: string): Promise<Snapshot> {
  const sqlite = openExisting(folder, { readonly: true })
  sqlite.exec('begin')
  sqlite.prepare('select count(*) from sqlite_master').get()
  return {
    dialect: 'sqlite',
    reader: new SqliteTables(sqlite),
    close: async () => {
      sqlite.close()
    },
  }
}

function openExisting(folder: string, options: { readonly readonly: boolean }): Sqlite {
  const sqlite = new BetterSqlite(sqliteFile(folder), { ...options, fileMustExist: true, timeout: busyMs })
  sqlite.pragma('trusted_schema = OFF')
  return sqlite
}

/** Whoever publishes alters tables, so it waits: without that a table could change its columns under the reader. */
async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const client = await openClient(url)
  await client.query(`select pg_advisory_lock_shared(${lockNumber('publish')}::bigint)`)
  await client.query('begin isolation level repeatable read read only')
  return { dialect: 'postgres', reader: new PostgresTables(client), close: () => client.end() }
}

/** Values come and go as text. The driver is loaded here: every start reads this file. */
export async function openClient(url: string): Promise<Client> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    connectionString: url,
    application_name: 'formloom copy',
    options: '-c TimeZone=UTC -c statement_timeout=0 -c idle_in_transaction_session_timeout=0',
    types: { getTypeParser: () => (text: string) => text },
  })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

export interface Hold extends Snapshot {
  /** Ends the hold; from now on the file says what became of it, and refuses every write. */
  closeForGood(reason: string): void
}

/** The same look, while nobody else can write: a running server answers reads, and 503 to writes. */
export function holdSqlite(folder: string): Hold {
  const sqlite = openExisting(folder, { readonly: false })
  sqlite.exec('begin immediate')
  return {
    dialect: 'sqlite',
    reader: new SqliteTables(sqlite),
    close: async () => {
      sqlite.close()
    },
    closeForGood(reason) {
      sqlite.prepare(`insert into fl_meta (key, value) values ('closed', ?)`).run(reason)
      for (const statement of closedTriggers(sqlite)) sqlite.exec(statement)
      sqlite.exec('commit')
    },
  }
}

/** People stay signed in to look; nothing else may change any more. */
const open = new Set(['fl_session', 'fl_attempt', 'fl_meta'])

function closedTriggers(sqlite: Sqlite): readonly string[] {
  const names = sqlite
    .prepare(`select name from pragma_table_list where schema = 'main' and type = 'table' and name glob 'fl_*'`)
    .pluck()
    .all() as string[]
  return names
    .filter((name) => !open.has(name) && !name.startsWith(derivedTables))
    .flatMap((name) =>
      ['insert', 'update', 'delete'].map(
        (verb) =>
          `create trigger "closed_${name}_${verb}" before ${verb} on "${name}" begin select raise(abort, 'moved'); end`,
      ),
    )
}
