/** What the database itself says about its soundness. */
import { sql } from 'kysely'
import { type Connection, dialectOf } from './connection.ts'

/** Empty: pages and indexes are whole (SQLite; PostgreSQL checks its own), and every link points at a row. */
export async function checkIntegrity(db: Connection): Promise<readonly string[]> {
  return dialectOf(db) === 'sqlite' ? [...(await pages(db)), ...(await foreignKeys(db))] : invalidConstraints(db)
}

async function pages(db: Connection): Promise<readonly string[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
  return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok')
}

async function foreignKeys(db: Connection): Promise<readonly string[]> {
  const { rows } = await sql<{ table: string; rowid: number | null; parent: string }>`pragma foreign_key_check`.execute(
    db,
  )
  return rows.map((row) => `${row.table} row ${row.rowid ?? '?'} points at a missing row of ${row.parent}`)
}

/** PostgreSQL keeps its links itself, unless somebody has told it not to look. */
async function invalidConstraints(db: Connection): Promise<readonly string[]> {
  const { rows } = await sql<{
    name: string
  }>`select conname as name from pg_constraint where not convalidated and connamespace = current_schema()::regnamespace`.execute(
    db,
  )
  return rows.map((row) => `constraint ${row.name} is not valid`)
}
