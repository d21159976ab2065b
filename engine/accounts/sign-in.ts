/** Sign-in: limited by account and address, equal in answer and time whether the account exists or not. */
import { formatDatetime } from '#base/dates.ts'
import { Refusal } from '#base/problems.ts'
import { readCredential } from '#storage/accounts/credentials.ts'
import { appendAudit } from '#storage/audit-log.ts'
import { type Account, type AccountContext, accountByLogin, normalLogin } from './account.ts'
import { accountSubject, addressSubject, countFailure, forgetFailures, requireUnblocked } from './limits.ts'
import { verifyPassword } from './password.ts'
import { beginSession, endSession, type Origin } from './sessions.ts'
import { Turns } from './turns.ts'

export interface SignInRequest {
  readonly login: string
  readonly password: string
  readonly from: Origin
  /** The token of a session that this one replaces. */
  readonly previous: string | null
}

export interface SignedIn {
  readonly account: Account
  /** For the cookie; never stored or logged. */
  readonly token: string
}

const turns = new Turns()

/** Refusals: `sign-in-failed`, `too-many-requests` with the seconds to wait. */
export function signIn(context: AccountContext, request: SignInRequest): Promise<SignedIn> {
  const account = accountSubject(normalLogin(request.login))
  return turns.take(account.key, () =>
    attempt(context, request, [account, addressSubject(request.from.address ?? 'unknown')]),
  )
}

type Subjects = Parameters<typeof requireUnblocked>[1]

async function attempt(context: AccountContext, request: SignInRequest, subjects: Subjects): Promise<SignedIn> {
  const { db, clock } = context
  const found = await db.read(async (connection) => {
    await requireUnblocked(connection, subjects, clock.now())
    const account = await accountByLogin(connection, context.model, request.login)
    return { account, credential: account && (await readCredential(connection, account.id)) }
  })
  const matches = await verifyPassword(found.credential?.passwordHash ?? null, request.password)
  if (!matches || !found.account?.active) return refuseAttempt(context, subjects)
  return welcome(context, request, { account: found.account, hash: found.credential?.passwordHash ?? '' })
}

async function refuseAttempt(context: AccountContext, subjects: Subjects): Promise<never> {
  await context.db.write(async (db) => {
    const now = context.clock.now()
    await countFailure(db, subjects, now)
    await appendAudit(db, {
      at: formatDatetime(now),
      actor: null,
      event: 'session.refused',
      data: { subjects: subjects.map((subject) => subject.key) },
    })
  })
  throw new Refusal('sign-in-failed')
}

/** The password may have been changed while it was verified: then the session would outlive the change. */
async function welcome(
  context: AccountContext,
  request: SignInRequest,
  { account, hash }: { account: Account; hash: string },
): Promise<SignedIn> {
  const token = await context.db.write(async (db) => {
    const now = context.clock.now()
    if ((await readCredential(db, account.id))?.passwordHash !== hash) throw new Refusal('sign-in-failed')
    await forgetFailures(db, accountSubject(normalLogin(request.login)))
    if (request.previous !== null) await endSession(db, request.previous)
    await appendAudit(db, {
      at: formatDatetime(now),
      actor: account.id,
      event: 'session.created',
      data: { address: request.from.address },
    })
    return beginSession(db, account.id, { now, from: request.from })
  })
  return { account, token }
}
