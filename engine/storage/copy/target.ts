/** An empty database that takes in a copy: tables made, rows loaded in one transaction, closed to everybody until all of it is proved. */
import BetterSqlite from 'better-sqlite3'
import type pg from 'pg'
import type { Log } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import { openDatabase } from '../database.ts'
import type { KnownColumn } from '../ddl.ts'
import { closedKey, migrate, newestSchema } from '../migrate.ts'
import { openClient, type Place, sqliteFile } from './open.ts'
import { PostgresTables } from './postgres-tables.ts'
import { createRecordTables } from './record-tables.ts'
import { quoted, SqliteTables } from './sqlite-tables.ts'
import { type Cell, type CopyColumn, type CopyTable, type Row, scaleOf, type TableReader } from './tables.ts'

export interface CopyTarget {
  /** What has been loaded so far. */
  readonly reader: TableReader
  insert(table: CopyTable, rows: readonly Row[]): Promise<void>
  /** Removes all rows of a table. */
  clear(table: string): Promise<void>
  /** The next number of a table that numbers its rows is larger. */
  count(table: string, last: number): Promise<void>
  /** Links that point nowhere; empty: none. */
  brokenLinks(): Promise<readonly string[]>
  /** Commits: the database is open to all. */
  finish(): Promise<void>
  /** Nothing was loaded; another attempt begins anew. */
  abandon(): Promise<void>
}

export interface TargetShape {
  readonly schema: number
  readonly register: readonly KnownColumn[]
  readonly log: Log
}

/** The folder has no database yet; a PostgreSQL database is empty, or holds what an interrupted attempt left. Refusal `unavailable` for a newer schema. */
export async function openTarget(place: Place, shape: TargetShape): Promise<CopyTarget> {
  if (shape.schema > newestSchema) throw newer(shape.schema)
  if (place.url !== null) await emptyPostgres(place.url)
  const database = await openDatabase({ ...place, log: shape.log })
  try {
    await migrate(database, shape.schema)
    await database.write(async (db) => {
      await db.insertInto('fl_meta').values({ key: closedKey, value: 'copying' }).execute()
      await createRecordTables(db, shape.register)
    })
  } finally {
    await database.close()
  }
  const target = await reopenTarget(place)
  for (const { name } of await target.reader.tables()) if (name.startsWith('fl_')) await target.clear(name)
  return target
}

/** A database that this command has made, once more: to put tables in the place of what stands there. */
export function reopenTarget(place: Place): Promise<CopyTarget> {
  return place.url === null ? openSqliteTarget(place.folder) : openPostgresTarget(place.url)
}

function newer(schema: number): Refusal {
  return new Refusal('unavailable', {
    detail: {
      en: `The copy has schema ${schema}, this program knows ${newestSchema}. Use the newer program.`,
      'zh-CN': `该副本的结构版本为 ${schema}，本程序只支持 ${newestSchema}。请使用新版程序。`,
    },
  })
}

/** Is there nothing in it that a copy would meet? */
export async function isEmptyPostgres(url: string): Promise<boolean> {
  const client = await openClient(url)
  try {
    return (await tablesIn(client)).length === 0 || (await isUnfinished(client))
  } finally {
    await client.end()
  }
}

/** Refusal `request-invalid` unless it is empty. */
export async function requireEmptyPostgres(url: string): Promise<void> {
  if (!(await isEmptyPostgres(url))) throw notEmpty()
}

/** Takes away what a failed command has put into a database that was empty before. */
export async function discardPostgres(url: string): Promise<void> {
  const client = await openClient(url)
  try {
    await dropTables(client, await tablesIn(client))
  } finally {
    await client.end()
  }
}

async function dropTables(client: pg.Client, tables: readonly string[]): Promise<void> {
  if (tables.length > 0) await client.query(`drop table ${tables.map(quoted).join(', ')} cascade`)
}

async function emptyPostgres(url: string): Promise<void> {
  const client = await openClient(url)
  try {
    const tables = await tablesIn(client)
    if (tables.length === 0) return
    if (!(await isUnfinished(client))) throw notEmpty()
    await dropTables(client, tables)
  } finally {
    await client.end()
  }
}

function notEmpty(): Refusal {
  return new Refusal('request-invalid', {
    detail: {
      en: 'The PostgreSQL database is not empty. Make a new one: createdb formloom',
      'zh-CN': 'PostgreSQL 数据库不为空。请新建一个：createdb formloom',
    },
  })
}

async function tablesIn(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = current_schema()`,
  )
  return rows.map(({ name }) => name)
}

async function isUnfinished(client: pg.Client): Promise<boolean> {
  if (!(await tablesIn(client)).includes('fl_meta')) return false
  const { rows } = await client.query(`select 1 from fl_meta where key = $1 and value = 'copying'`, [closedKey])
  return rows.length > 0
}

/** Unsafe while it loads, for nobody else has it; safe when it is finished. */
async function openSqliteTarget(folder: string): Promise<CopyTarget> {
  const sqlite = new BetterSqlite(sqliteFile(folder), { fileMustExist: true })
  for (const setting of ['trusted_schema = OFF', 'foreign_keys = OFF', 'synchronous = OFF', 'cache_size = -65536'])
    sqlite.pragma(setting)
  const reader = new SqliteTables(sqlite)
  const inserts = new Map<string, BetterSqlite.Statement>()
  sqlite.exec('begin immediate')
  return {
    reader,
    async insert(table, rows) {
      const statement = inserts.get(table.name) ?? sqlite.prepare(insertText(table))
      inserts.set(table.name, statement)
      for (const row of rows)
        statement.run(row.map((cell, index) => sqliteValue(cell, table.columns[index] as CopyColumn)))
    },
    async clear(table) {
      sqlite.exec(clearText(table))
    },
    async count(table, last) {
      const done = sqlite.prepare('update sqlite_sequence set seq = max(seq, ?) where name = ?').run(last, table)
      if (done.changes === 0) sqlite.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(table, last)
    },
    async brokenLinks() {
      const rows = sqlite.pragma('foreign_key_check') as readonly { table: string; rowid: number; parent: string }[]
      return rows.map((row) => `${row.table} row ${row.rowid} points at a missing row of ${row.parent}`)
    },
    async finish() {
      sqlite.prepare('delete from fl_meta where key = ?').run(closedKey)
      sqlite.exec('commit')
      sqlite.pragma('synchronous = FULL')
      sqlite.pragma('wal_checkpoint(TRUNCATE)')
      sqlite.close()
    },
    async abandon() {
      sqlite.close()
    },
  }
}

/** The mark that keeps others out stays until the end. */
function clearText(table: string): string {
  return `delete from ${quoted(table)}${table === 'fl_meta' ? ` where key <> '${closedKey}'` : ''}`
}

function insertText(table: CopyTable): string {
  const names = table.columns.map(({ name }) => quoted(name)).join(', ')
  return `insert into ${quoted(table.name)} (${names}) values (${table.columns.map(() => '?').join(', ')})`
}

function sqliteValue(cell: Cell, { type }: CopyColumn): unknown {
  if (cell === null) return null
  if (type === 'boolean') return cell === true ? 1n : 0n
  if (type === 'integer') return BigInt(cell)
  return scaleOf(type) === null ? cell : BigInt(String(cell).replace('.', ''))
}

async function openPostgresTarget(url: string): Promise<CopyTarget> {
  const client = await openClient(url)
  await client.query('begin')
  const reader = new PostgresTables(client)
  return {
    reader,
    async insert(table, rows) {
      const names = table.columns.map(({ name }) => quoted(name)).join(', ')
      const lists = table.columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
      const places = table.columns.map((_, index) => `c${index}`)
      const values = table.columns.map(({ type }, index) => `v.c${index}::${postgresType(type)}`).join(', ')
      await client.query(
        `insert into ${quoted(table.name)} (${names}) overriding system value select ${values} from unnest(${lists}) as v(${places.join(', ')})`,
        table.columns.map((_, index) => rows.map((row) => textOf(row[index] ?? null))),
      )
    },
    async clear(table) {
      await client.query(clearText(table))
    },
    async count(table, last) {
      if (last > 0)
        await client.query(`select setval(pg_get_serial_sequence($1, 'seq'), greatest($2::bigint, 1), true)`, [
          table,
          last,
        ])
    },
    async brokenLinks() {
      await client.query('set constraints all immediate')
      return []
    },
    async finish() {
      await client.query('delete from fl_meta where key = $1', [closedKey])
      await client.query('commit')
      await client.end()
    },
    abandon: () => client.end(),
  }
}

function postgresType(type: CopyColumn['type']): string {
  const scale = scaleOf(type)
  if (scale !== null) return 'numeric'
  if (type === 'integer') return 'bigint'
  return type === 'json' ? 'jsonb' : type
}

function textOf(cell: Cell): string | null {
  return cell === null ? null : String(cell)
}
