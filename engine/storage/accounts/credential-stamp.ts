/** What decides who a credential stands for, as one text in one statement: the same text means the same caller. PostgreSQL only. */
import { sql } from 'kysely'
import type { Connection } from '../connection.ts'
import { Prepared } from '../prepared.ts'

/** `xmin` is another one after every write to the row of the user, whoever made it. */
const stampOf = (source: ReturnType<typeof sql>, columns: ReturnType<typeof sql>) =>
  new Prepared(
    () => sql`select concat_ws(' ', (select value from fl_setting where key = 'revision'), u.xmin, ${columns}) as stamp
      from ${source} as c join r_user as u on u.id = c.user_id where c.hash = ${null}`,
  )

const ofSession = stampOf(
  sql`(select token_hash as hash, user_id, expires_at, last_seen_at from fl_session)`,
  sql`c.expires_at, c.last_seen_at`,
)
const ofKey = stampOf(
  sql`fl_key`,
  sql`c.id, c.expires_at, coalesce(c.revoked_at, '-'), coalesce(c.last_used_at, '-'), c.scopes`,
)

/** null: nobody that can be known. Texts are hashes of tokens. */
export async function credentialStamp(
  db: Connection,
  credential: { readonly session: string } | { readonly key: string },
): Promise<string | null> {
  const [row] =
    'key' in credential ? await ofKey.rows(db, [credential.key]) : await ofSession.rows(db, [credential.session])
  return row === undefined ? null : String(row['stamp'])
}
