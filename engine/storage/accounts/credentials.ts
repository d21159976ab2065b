/** Password hashes of users. */
import type { Connection } from '../connection.ts'

export interface Credential {
  readonly user: string
  readonly passwordHash: string
  /** ISO 8601. */
  readonly changedAt: string
}

export async function readCredential(db: Connection, user: string): Promise<Credential | null> {
  const row = await db.selectFrom('fl_credential').selectAll().where('user_id', '=', user).executeTakeFirst()
  return row ? { user, passwordHash: String(row['password_hash']), changedAt: String(row['changed_at']) } : null
}

/** Sets or replaces the password of the user. */
export async function saveCredential(db: Connection, credential: Credential): Promise<void> {
  const values = { password_hash: credential.passwordHash, changed_at: credential.changedAt }
  await db
    .insertInto('fl_credential')
    .values({ user_id: credential.user, ...values })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values))
    .execute()
}
