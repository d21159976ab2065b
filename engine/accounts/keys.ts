/** Keys of programs: made by a user, act as that user, limited by scopes, shown once. */

import type { Scope } from '#access/scope.ts'
import { datetimeMs, formatDatetime, isDatetime } from '#base/dates.ts'
import { isObject, type Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import { insertKey, keysOf, readKey, revokeKey, type StoredKey, touchKey } from '#storage/accounts/keys.ts'
import { appendAudit } from '#storage/audit-log.ts'
import type { Connection } from '#storage/connection.ts'
import type { AccountContext } from './account.ts'
import { hashToken, newToken } from './token.ts'

const prefix = 'fl_'
const mostKeys = 50
/** The time of use is noted at most this often. */
const touchAfterMs = 10 * 60_000

export interface KeyRequest {
  readonly name: string
  /** ISO 8601; null: until it is revoked. */
  readonly expiresAt: string | null
  /** null: all that its owner may. */
  readonly scopes: readonly Scope[] | null
}

/** Makes a key and gives it, once. Refusal `record-invalid` names what is wrong. */
export async function createKey(
  context: AccountContext,
  user: string,
  given: KeyRequest,
): Promise<{ readonly id: string; readonly key: string }> {
  const request = { ...given, expiresAt: given.expiresAt === null ? null : canonicalEnd(given.expiresAt) }
  const now = context.clock.now()
  const issues = keyIssues(context, request, now)
  if (issues.length > 0) throw new Refusal('record-invalid', { issues })
  const key = `${prefix}${newToken()}`
  const id = context.ids.next()
  await context.db.write(async (db) => {
    const living = (await keysOf(db, user)).filter((each) => each.revokedAt === null)
    if (living.length >= mostKeys)
      throw new Refusal('record-invalid', { issues: [{ pointer: '', code: 'too-many', params: { max: mostKeys } }] })
    await insertKey(db, {
      id,
      user,
      name: request.name,
      hash: hashToken(key),
      scopes: request.scopes as Json,
      createdAt: formatDatetime(now),
      expiresAt: request.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
    })
    await appendAudit(db, {
      at: formatDatetime(now),
      actor: user,
      event: 'key.created',
      data: { key: id, name: request.name, scopes: request.scopes as Json },
    })
  })
  return { id, key }
}

/** With milliseconds, however many digits of them were given: the end is compared as it is stored. */
function canonicalEnd(end: string): string {
  const [seconds = '', fraction = ''] = end.replace(/Z$/, '').split('.')
  return `${seconds}.${fraction.padEnd(3, '0')}Z`
}

function keyIssues({ model }: AccountContext, request: KeyRequest, now: number): readonly Issue[] {
  const end = request.expiresAt
  const wrong =
    end === null ? null : !isDatetime(end) ? 'not-a-datetime' : datetimeMs(end) <= now ? 'in-the-past' : null
  const unknown = (request.scopes ?? []).flatMap((scope, index) =>
    model.forms.has(scope.form)
      ? []
      : [{ pointer: `/scopes/${index}/form`, code: 'unknown-form', params: { form: scope.form } }],
  )
  return [...(wrong ? [{ pointer: '/expires_at', code: wrong }] : []), ...unknown]
}

/** The living key behind a bearer token; null: unknown, expired or revoked. */
export async function findKey(db: Connection, key: string, now: number): Promise<StoredKey | null> {
  if (!key.startsWith(prefix) || key.length !== prefix.length + 43) return null
  const stored = await readKey(db, hashToken(key))
  return stored && isKeyAlive(stored, now) ? stored : null
}

/** Neither revoked nor past its end. */
export function isKeyAlive({ revokedAt, expiresAt }: StoredKey, now: number): boolean {
  return revokedAt === null && (expiresAt === null || datetimeMs(expiresAt) > now)
}

export function isKeyWorthTouching(key: StoredKey, now: number): boolean {
  return key.lastUsedAt === null || now - datetimeMs(key.lastUsedAt) > touchAfterMs
}

export async function noteKeyUse(db: Connection, key: StoredKey, now: number): Promise<void> {
  await touchKey(db, key.id, formatDatetime(now))
}

/** The scopes of a key; null: no limit but its owner's rights. */
export function scopesOf(key: StoredKey): readonly Scope[] | null {
  if (!Array.isArray(key.scopes)) return null
  return key.scopes.flatMap((scope: Json) =>
    isObject(scope) && typeof scope.form === 'string' && Array.isArray(scope.can)
      ? [{ form: scope.form, can: scope.can.map(String) }]
      : [],
  )
}

export function listKeys(context: AccountContext, user: string): Promise<readonly StoredKey[]> {
  return context.db.read((db) => keysOf(db, user))
}

/** Ends one of the user's own keys at once. Refusal `not-found`. */
export async function endKey(context: AccountContext, user: string, id: string): Promise<void> {
  const at = formatDatetime(context.clock.now())
  await context.db.write(async (db) => {
    if (!(await revokeKey(db, { id, user, at }))) throw new Refusal('not-found')
    await appendAudit(db, { at, actor: user, event: 'key.revoked', data: { key: id } })
  })
}
