/** Users as records of the form `user`, with their password beside: made, changed and disabled by an admin, or by oneself where allowed. */

import { roleNames } from '#access/built-in.ts'
import { formatDatetime } from '#base/dates.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { RecordContext } from '#records/context.ts'
import { createIn, updateIn } from '#records/write.ts'
import { readCredential, saveCredential } from '#storage/accounts/credentials.ts'
import { revokeKeysOf } from '#storage/accounts/keys.ts'
import { deleteSessionsOf } from '#storage/accounts/sessions.ts'
import { appendAudit } from '#storage/audit-log.ts'
import type { Connection } from '#storage/connection.ts'
import { type Account, accountById, isZone, normalLogin } from './account.ts'
import { accountSubject, countFailure, requireUnblocked } from './limits.ts'
import { checkPassword, hashPassword, verifyPassword } from './password.ts'

export interface UserValues {
  readonly login?: string
  readonly name?: string
  readonly email?: string | null
  readonly locale?: string
  readonly zone?: string
  readonly roles?: readonly string[]
  readonly team?: string | null
  readonly manager?: string | null
  readonly active?: boolean
}

export interface NewUser extends UserValues {
  readonly login: string
  readonly name: string
  readonly password: string
}

/** Makes a user who can sign in; answers with the id. Needs a context that may write `user.roles` (an admin's). */
export async function createUser(context: RecordContext, user: NewUser): Promise<string> {
  const hash = await prepareUser(context, user)
  return context.db.write((db) => createUserIn(db, context, { user, hash }))
}

/** What comes before the transaction: the slow hash, and what can be refused without the database. */
export async function prepareUser(context: Pick<RecordContext, 'model'>, user: NewUser): Promise<string> {
  refuse([...valueIssues(context, user), ...checkPassword(user.password, user)])
  return hashPassword(user.password)
}

/** The same inside a transaction, with the password already hashed. */
export async function createUserIn(
  db: Connection,
  context: RecordContext,
  { user, hash }: { readonly user: NewUser; readonly hash: string },
): Promise<string> {
  const { password: _secret, ...values } = user
  const { id } = await createIn(db, context, {
    intent: { verb: 'create', form: 'user', body: bodyOf(values) },
    options: {},
  })
  await saveCredential(db, { user: id, passwordHash: hash, changedAt: context.around.now })
  await audit(db, context, { event: 'user.created', data: { user: id, roles: [...(user.roles ?? [])] } })
  return id
}

export interface UserChange {
  readonly values: UserValues
  readonly password?: string
}

/** Changes a user; a new password, or disabling, ends all sessions and keys of that user at once. */
export async function changeUser(context: RecordContext, id: string, change: UserChange): Promise<void> {
  const account = await context.db.read((db) => accountById(db, context.model, id))
  if (!account) throw new Refusal('not-found')
  const owner = { login: change.values.login ?? account.login, name: change.values.name ?? account.name }
  refuse([
    ...valueIssues(context, change.values),
    ...(change.password === undefined ? [] : checkPassword(change.password, owner)),
  ])
  const hash = change.password === undefined ? null : await hashPassword(change.password)
  await context.db.write(async (db) => {
    await changeRecord(db, context, { account, values: change.values })
    if (hash !== null) await replacePassword(db, context, { user: id, hash })
    if (change.values.roles)
      await audit(db, context, { event: 'user.roles-changed', data: { user: id, roles: [...change.values.roles] } })
  })
}

/** One's own password, with the current one as proof. Ends every session and key, also the one that asks. */
export async function changeOwnPassword(
  context: RecordContext,
  account: Account,
  secret: { readonly current: string; readonly next: string },
): Promise<void> {
  await proveCurrent(context, account, secret.current)
  refuse(checkPassword(secret.next, account))
  const hash = await hashPassword(secret.next)
  await context.db.write((db) => replacePassword(db, context, { user: account.id, hash }))
}

/** Counted like a sign-in, so that a stolen session is no place to guess. */
async function proveCurrent(context: RecordContext, account: Account, password: string): Promise<void> {
  const subjects = [accountSubject(normalLogin(account.login))]
  const stored = await context.db.read(async (db) => {
    await requireUnblocked(db, subjects, context.clock.now())
    return readCredential(db, account.id)
  })
  if (await verifyPassword(stored?.passwordHash ?? null, password)) return
  await context.db.write((db) => countFailure(db, subjects, context.clock.now()))
  refuse([{ pointer: '/current_password', code: 'wrong-password' }])
}

/** Language and zone are everybody's own business: written by the engine for the user who asks. `context` is the engine's. */
export async function changeOwnSettings(
  context: RecordContext,
  account: Account,
  values: Pick<UserValues, 'locale' | 'zone'>,
): Promise<void> {
  refuse(valueIssues(context, values))
  await context.db.write((db) => changeRecord(db, context, { account, values }))
}

async function changeRecord(
  db: Connection,
  context: RecordContext,
  { account, values }: { account: Account; values: UserValues },
): Promise<void> {
  const body = bodyOf(values)
  if (Object.keys(body).length === 0) return
  const { version } = account.record
  await updateIn(db, context, { intent: { verb: 'update', form: 'user', id: account.id, body, version }, options: {} })
}

async function replacePassword(
  db: Connection,
  context: RecordContext,
  { user, hash }: { user: string; hash: string },
): Promise<void> {
  await saveCredential(db, { user, passwordHash: hash, changedAt: context.around.now })
  await endAccess(db, user, context.around.now)
  await audit(db, context, { event: 'user.password-changed', data: { user } })
}

/** Ends all sessions and keys of a user, in the caller's transaction. */
export async function endAccess(db: Connection, user: string, at: string): Promise<void> {
  await deleteSessionsOf(db, user)
  await revokeKeysOf(db, user, at)
}

function bodyOf({ login, ...values }: UserValues): JsonObject {
  const given = Object.entries({ ...values, ...(login === undefined ? {} : { login: normalLogin(login) }) }).filter(
    ([, value]) => value !== undefined,
  )
  return Object.fromEntries(given) as { [key: string]: Json }
}

function valueIssues({ model }: Pick<RecordContext, 'model'>, { roles, zone }: UserValues): readonly Issue[] {
  const known = new Set(roleNames(model))
  const unknown = (roles ?? []).flatMap((role, index): readonly Issue[] =>
    known.has(role) ? [] : [{ pointer: `/roles/${index}`, code: 'unknown-role', params: { role } }],
  )
  return [...unknown, ...(zone === undefined || isZone(zone) ? [] : [{ pointer: '/zone', code: 'not-a-zone' }])]
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new Refusal('record-invalid', { issues })
}

async function audit(
  db: Connection,
  context: RecordContext,
  entry: { readonly event: string; readonly data: JsonObject },
): Promise<void> {
  await appendAudit(db, { at: formatDatetime(context.clock.now()), actor: context.actor.id, ...entry })
}
