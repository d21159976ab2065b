/** Who asks: a session cookie or a bearer key → the user as it is now. */
import type { Actor } from '#access/actor.ts'
import type { Scope } from '#access/scope.ts'
import type { Clock } from '#base/ports.ts'
import type { Model } from '#definitions/model.ts'
import { credentialStamp } from '#storage/accounts/credential-stamp.ts'
import type { StoredKey } from '#storage/accounts/keys.ts'
import type { StoredSession } from '#storage/accounts/sessions.ts'
import type { Connection } from '#storage/connection.ts'
import type { Database } from '#storage/database.ts'
import { type Account, accountById, actorOf } from './account.ts'
import { findKey, isKeyWorthTouching, noteKeyUse, scopesOf } from './keys.ts'
import { findSession, isWorthTouching, keepAlive } from './sessions.ts'
import { hashToken } from './token.ts'

export interface Credentials {
  /** Token of the session cookie. */
  readonly token: string | null
  /** Bearer key; where one is sent the cookie does not count. */
  readonly key: string | null
}

export interface Caller {
  readonly account: Account
  readonly actor: Actor
  /** Limits of the key; null: none, or a session. */
  readonly scopes: readonly Scope[] | null
  readonly session: StoredSession | null
  readonly storedKey: StoredKey | null
}

/** A text that changes with anything that `authenticate` would find; null: there is no sign, so look again. */
export async function stampOf(db: Database, { token, key }: Credentials): Promise<string | null> {
  if (db.dialect === 'sqlite' || (token === null && key === null)) return null
  const credential = key === null ? { session: hashToken(String(token)) } : { key: hashToken(key) }
  return db.single((connection) => credentialStamp(connection, credential))
}

/** null: no living session or key, or its user is disabled or deleted. */
export async function authenticate(
  db: Connection,
  model: Model,
  { credentials, now }: { readonly credentials: Credentials; readonly now: number },
): Promise<Caller | null> {
  const storedKey = credentials.key === null ? null : await findKey(db, credentials.key, now)
  const session =
    credentials.key !== null || credentials.token === null ? null : await findSession(db, credentials.token, now)
  const user = storedKey?.user ?? session?.user
  const account = user === undefined ? null : await accountById(db, model, user)
  if (!account?.active) return null
  return {
    account,
    actor: actorOf(model, account, storedKey?.id),
    scopes: storedKey && scopesOf(storedKey),
    session,
    storedKey,
  }
}

/** Is it time for `noteUse`? */
export function isWorthNoting({ session, storedKey }: Caller, now: number): boolean {
  return (
    (session !== null && isWorthTouching(session, now)) || (storedKey !== null && isKeyWorthTouching(storedKey, now))
  )
}

/** Moves the idle end of the session, notes the use of the key: rarely a write. */
export async function noteUse(db: Database, caller: Caller, clock: Clock): Promise<void> {
  const now = clock.now()
  const { session, storedKey } = caller
  if (session && isWorthTouching(session, now)) await db.write((connection) => keepAlive(connection, session, now))
  if (storedKey && isKeyWorthTouching(storedKey, now))
    await db.write((connection) => noteKeyUse(connection, storedKey, now))
}
