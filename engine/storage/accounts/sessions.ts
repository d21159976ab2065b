/** Sessions by the hash of their token; the token itself is never stored. */
import type { Connection } from '../connection.ts'

export interface StoredSession {
  readonly tokenHash: string
  readonly user: string
  /** ISO 8601, like the two below. */
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly expiresAt: string
  readonly address: string | null
  readonly agent: string | null
}

export async function insertSession(db: Connection, session: StoredSession): Promise<void> {
  await db
    .insertInto('fl_session')
    .values({
      token_hash: session.tokenHash,
      user_id: session.user,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      expires_at: session.expiresAt,
      address: session.address,
      agent: session.agent,
    })
    .execute()
}

export async function readSession(db: Connection, tokenHash: string): Promise<StoredSession | null> {
  const row = await db.selectFrom('fl_session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
  if (!row) return null
  const text = (column: string) => (row[column] === null ? null : String(row[column]))
  return {
    tokenHash,
    user: String(row['user_id']),
    createdAt: String(row['created_at']),
    lastSeenAt: String(row['last_seen_at']),
    expiresAt: String(row['expires_at']),
    address: text('address'),
    agent: text('agent'),
  }
}

/** The session was used: moves its idle end. A session that has gone meanwhile stays gone. */
export async function touchSession(
  db: Connection,
  session: Pick<StoredSession, 'tokenHash' | 'lastSeenAt' | 'expiresAt'>,
): Promise<void> {
  await db
    .updateTable('fl_session')
    .set({ last_seen_at: session.lastSeenAt, expires_at: session.expiresAt })
    .where('token_hash', '=', session.tokenHash)
    .execute()
}

export async function deleteSession(db: Connection, tokenHash: string): Promise<void> {
  await db.deleteFrom('fl_session').where('token_hash', '=', tokenHash).execute()
}

/** Ends every session of the user. */
export async function deleteSessionsOf(db: Connection, user: string): Promise<void> {
  await db.deleteFrom('fl_session').where('user_id', '=', user).execute()
}

export async function deleteExpiredSessions(db: Connection, now: string): Promise<void> {
  await db.deleteFrom('fl_session').where('expires_at', '<=', now).execute()
}
