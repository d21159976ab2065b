/** Failed attempts per subject (an account, an address): what the sign-in limits count. */
import type { Connection } from '../connection.ts'

export interface Attempts {
  readonly subject: string
  readonly failures: number
  /** ISO 8601, like the two below. */
  readonly firstAt: string
  readonly lastAt: string
  readonly blockedUntil: string | null
}

export async function readAttempts(db: Connection, subjects: readonly string[]): Promise<readonly Attempts[]> {
  const rows = await db
    .selectFrom('fl_attempt')
    .selectAll()
    .where('subject', 'in', [...subjects])
    .execute()
  return rows.map((row) => ({
    subject: String(row['subject']),
    failures: Number(row['failures']),
    firstAt: String(row['first_at']),
    lastAt: String(row['last_at']),
    blockedUntil: row['blocked_until'] === null ? null : String(row['blocked_until']),
  }))
}

export async function saveAttempts(db: Connection, attempts: Attempts): Promise<void> {
  const values = {
    failures: attempts.failures,
    first_at: attempts.firstAt,
    last_at: attempts.lastAt,
    blocked_until: attempts.blockedUntil,
  }
  await db
    .insertInto('fl_attempt')
    .values({ subject: attempts.subject, ...values })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(values))
    .execute()
}

export async function forgetAttempts(db: Connection, subject: string): Promise<void> {
  await db.deleteFrom('fl_attempt').where('subject', '=', subject).execute()
}

/** Removes what happened last before `before`. */
export async function forgetOldAttempts(db: Connection, before: string): Promise<void> {
  await db.deleteFrom('fl_attempt').where('last_at', '<', before).execute()
}
