/** How a user gets in, and what that leaves behind: counted, then ended and forgotten. */
import { sql } from 'kysely'
import type { Connection } from './connection.ts'

export interface UserAccess {
  readonly sessions: number
  readonly keys: number
  readonly password: boolean
}

/** Keys count while they have a name of the user's. */
export async function accessLeft(db: Connection, user: string, token: string): Promise<UserAccess> {
  const sessions = await db.selectFrom('fl_session').select('token_hash').where('user_id', '=', user).execute()
  const keys = await db
    .selectFrom('fl_key')
    .select('id')
    .where('user_id', '=', user)
    .where('name', 'not like', `${token.slice(0, 7)}%`)
    .execute()
  const password = await db.selectFrom('fl_credential').select('user_id').where('user_id', '=', user).executeTakeFirst()
  return { sessions: sessions.length, keys: keys.length, password: password !== undefined }
}

/** Ends and forgets them: nobody signs in as this user again. What the audit log says of names of keys goes, too. */
export async function removeAccess(
  db: Connection,
  user: string,
  { at, token }: { readonly at: string; readonly token: string },
): Promise<void> {
  await db.deleteFrom('fl_session').where('user_id', '=', user).execute()
  await db.deleteFrom('fl_credential').where('user_id', '=', user).execute()
  await db
    .updateTable('fl_key')
    .set({ name: token, revoked_at: sql`coalesce(revoked_at, ${at})` })
    .where('user_id', '=', user)
    .execute()
  await forgetInAudit(db, user, token)
}

/** Addresses, and names that the user gave to keys. */
async function forgetInAudit(db: Connection, user: string, token: string): Promise<void> {
  const rows = await db.selectFrom('fl_audit').select(['seq', 'data']).where('actor', '=', user).execute()
  for (const row of rows) {
    const data = JSON.parse(String(row['data'])) as Record<string, unknown>
    const personal = ['address', 'name'].filter((name) => name in data)
    if (personal.length === 0) continue
    const kept = { ...data, ...Object.fromEntries(personal.map((name) => [name, token])) }
    await db
      .updateTable('fl_audit')
      .set({ data: JSON.stringify(kept) })
      .where('seq', '=', row['seq'] as number)
      .execute()
  }
}
