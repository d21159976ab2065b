/** Named locks until the end of the transaction. On SQLite every write is alone already. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Connection, contextOf, dialectOf } from './connection.ts'
import type { ResultRow } from './dialects/session.ts'

/** Waits for the lock. */
export async function lockFor(db: Connection, name: string): Promise<void> {
  if (dialectOf(db) === 'sqlite') return
  await sql`select pg_advisory_xact_lock(${lockNumber(name)}::bigint)`.execute(db)
}

/**
 * Waits for whoever holds the lock, and keeps it from others; those who share it do not wait for each other. In the same trip a question
 * that sees what the holder before has committed; its text is a constant. On SQLite only the question.
 */
export async function shareLockAndAsk(db: Connection, name: string, question: string): Promise<readonly ResultRow[]> {
  const lock = dialectOf(db) === 'sqlite' ? [] : [`select pg_advisory_xact_lock_shared(${lockNumber(name)})`]
  return contextOf(db).session.script([...lock, question])
}

/** false when somebody else holds it. */
export async function tryLockFor(db: Connection, name: string): Promise<boolean> {
  if (dialectOf(db) === 'sqlite') return true
  const { rows } = await sql<{
    held: boolean
  }>`select pg_try_advisory_xact_lock(${lockNumber(name)}::bigint) as held`.execute(db)
  return rows[0]?.held === true
}

/** For connections of their own: the key of the named lock. */
export function lockNumber(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE(0).toString()
}
