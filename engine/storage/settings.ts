/** What a database must be set to before a single record is trusted to it. */
import type { Dialect } from './connection.ts'

const sqliteFloor = [3, 51, 3]
const postgresFloor = 150_000
const mostBusyMs = 100
const full = '2'

/** Throws with every setting that is not as promised, and what to do. */
export function checkSettings(dialect: Dialect, settings: Readonly<Record<string, string>>): void {
  const wrong = dialect === 'sqlite' ? wrongInSqlite(settings) : wrongInPostgres(settings)
  if (wrong.length > 0) throw new Error(`The database is not fit for records: ${wrong.join('; ')}`)
}

function wrongInSqlite(settings: Readonly<Record<string, string>>): readonly string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [settings['journal_mode'] === 'wal', 'journal_mode must be WAL: keep the data folder on a local disk'],
    [settings['synchronous'] === full, 'synchronous must be FULL'],
    [settings['foreign_keys'] === '1', 'foreign_keys must be ON'],
    [settings['trusted_schema'] === '0', 'trusted_schema must be OFF'],
    [Number(settings['busy_timeout']) <= mostBusyMs, `busy_timeout must be at most ${mostBusyMs} ms`],
    [isAtLeast(settings['sqlite_version'] ?? '', sqliteFloor), `SQLite must be ${sqliteFloor.join('.')} or newer`],
  ]
  return rules.filter(([holds]) => !holds).map(([, text]) => text)
}

function wrongInPostgres(settings: Readonly<Record<string, string>>): readonly string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [Number(settings['server_version_num']) >= postgresFloor, 'PostgreSQL must be 15 or newer'],
    [settings['server_encoding'] === 'UTF8', 'the database must be created with encoding UTF8'],
    [settings['synchronous_commit'] === 'on', 'synchronous_commit must be on'],
    [settings['TimeZone'] === 'UTC', 'TimeZone must be UTC'],
    [settings['standard_conforming_strings'] === 'on', 'standard_conforming_strings must be on'],
  ]
  return rules.filter(([holds]) => !holds).map(([, text]) => text)
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  const at = floor.findIndex((least, index) => (parts[index] ?? 0) !== least)
  return at === -1 || (parts[at] ?? 0) > (floor[at] ?? 0)
}
