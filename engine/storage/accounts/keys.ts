/** Keys of programs, by hash; a key acts as the user who made it. */
import type { Json } from '#base/json.ts'
import type { Connection } from '../connection.ts'

export interface StoredKey {
  readonly id: string
  readonly user: string
  readonly name: string
  readonly hash: string
  /** What the key is limited to; null: all that its owner may. */
  readonly scopes: Json
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export async function insertKey(db: Connection, key: StoredKey): Promise<void> {
  await db
    .insertInto('fl_key')
    .values({
      id: key.id,
      user_id: key.user,
      name: key.name,
      hash: key.hash,
      scopes: JSON.stringify(key.scopes),
      created_at: key.createdAt,
      expires_at: key.expiresAt,
      last_used_at: key.lastUsedAt,
      revoked_at: key.revokedAt,
    })
    .execute()
}

export async function readKey(db: Connection, hash: string): Promise<StoredKey | null> {
  const row = await db.selectFrom('fl_key').selectAll().where('hash', '=', hash).executeTakeFirst()
  return row ? keyOf(row) : null
}

/** Newest first, the revoked ones too. */
export async function keysOf(db: Connection, user: string): Promise<readonly StoredKey[]> {
  const rows = await db.selectFrom('fl_key').selectAll().where('user_id', '=', user).orderBy('id', 'desc').execute()
  return rows.map(keyOf)
}

/** false: the user has no such living key. */
export async function revokeKey(
  db: Connection,
  key: { readonly id: string; readonly user: string; readonly at: string },
): Promise<boolean> {
  const done = await db
    .updateTable('fl_key')
    .set({ revoked_at: key.at })
    .where('id', '=', key.id)
    .where('user_id', '=', key.user)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

/** Revokes every key of the user. */
export async function revokeKeysOf(db: Connection, user: string, at: string): Promise<void> {
  await db
    .updateTable('fl_key')
    .set({ revoked_at: at })
    .where('user_id', '=', user)
    .where('revoked_at', 'is', null)
    .execute()
}

export async function touchKey(db: Connection, id: string, at: string): Promise<void> {
  await db.updateTable('fl_key').set({ last_used_at: at }).where('id', '=', id).execute()
}

function keyOf(row: Readonly<Record<string, unknown>>): StoredKey {
  const text = (column: string) => (row[column] === null ? null : String(row[column]))
  return {
    id: String(row['id']),
    user: String(row['user_id']),
    name: String(row['name']),
    hash: String(row['hash']),
    scopes: JSON.parse(String(row['scopes'])) as Json,
    createdAt: String(row['created_at']),
    expiresAt: text('expires_at'),
    lastUsedAt: text('last_used_at'),
    revokedAt: text('revoked_at'),
  }
}
