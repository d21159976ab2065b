/** Forgets what has run out: sessions, attempts, recorded answers. */
import { formatDatetime } from '#base/dates.ts'
import { forgetOldAttempts } from '#storage/accounts/attempts.ts'
import { deleteExpiredSessions } from '#storage/accounts/sessions.ts'
import type { Database } from '#storage/database.ts'
import { forgetIdempotent } from '#storage/idempotency.ts'

const day = 86_400_000

export function tidy(db: Database, now: number): Promise<void> {
  return db.write(async (connection) => {
    await deleteExpiredSessions(connection, formatDatetime(now))
    await forgetOldAttempts(connection, formatDatetime(now - day))
    await forgetIdempotent(connection, now)
  })
}
