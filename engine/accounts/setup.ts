/** The first admin of an empty workspace: proves the setup code, becomes admin in one transaction, once. */
import { timingSafeEqual } from 'node:crypto'
import { Refusal } from '#base/problems.ts'
import { createContext } from '#records/context.ts'
import { claimSetup, finishSetup, isSetUp } from '#storage/accounts/setup.ts'
import type { Database } from '#storage/database.ts'
import { type AccountContext, engineActor } from './account.ts'
import { addressSubject, countFailure, requireUnblocked, setupSubject } from './limits.ts'
import { beginSession, type Origin } from './sessions.ts'
import { hashToken, newSetupCode } from './token.ts'
import { createUserIn, prepareUser } from './users.ts'

/** Where the code is kept until it is used: a file that only its owner may read. The root hands it in. */
export interface SetupCodeStore {
  read(): Promise<string | null>
  write(code: string): Promise<void>
  remove(): Promise<void>
}

export interface FirstAdmin {
  readonly code: string
  readonly name: string
  readonly login: string
  readonly password: string
  readonly locale: string
  readonly zone?: string
}

export function isSetupNeeded(db: Database): Promise<boolean> {
  return db.read(async (connection) => !(await isSetUp(connection)))
}

/** The code to print at start, kept across restarts; null when the workspace has its admin. */
export async function openSetup(db: Database, store: SetupCodeStore): Promise<string | null> {
  if (!(await isSetupNeeded(db))) {
    await store.remove()
    return null
  }
  const known = await store.read()
  if (known !== null) return known
  const code = newSetupCode()
  await store.write(code)
  return code
}

/** Refusals: `already-done`, `record-invalid` (wrong code, weak password), `too-many-requests`. */
export async function setUp(
  context: AccountContext,
  store: SetupCodeStore,
  { first, from }: { readonly first: FirstAdmin; readonly from: Origin },
): Promise<{ readonly id: string; readonly token: string }> {
  if (!(await isSetupNeeded(context.db))) throw new Refusal('already-done')
  await requireCode(context, store, { code: first.code, from })
  const { code: _code, ...user } = first
  const made = await createFirstAdmin(context, user, from)
  await store.remove()
  return made
}

/** Without the code: for whoever already holds the machine (the command line). */
export async function createFirstAdmin(
  context: AccountContext,
  first: Omit<FirstAdmin, 'code'>,
  from: Origin,
): Promise<{ readonly id: string; readonly token: string }> {
  const records = createContext({ ...context, actor: engineActor(context.ids.next(), first.locale) })
  const user = { ...first, roles: ['admin'] }
  const hash = await prepareUser(records, user)
  return context.db.write(async (db) => {
    if (!(await claimSetup(db, records.around.now))) throw new Refusal('already-done')
    const id = await createUserIn(db, records, { user, hash })
    await finishSetup(db, id)
    return { id, token: await beginSession(db, id, { now: context.clock.now(), from }) }
  })
}

async function requireCode(
  context: AccountContext,
  store: SetupCodeStore,
  given: { readonly code: string; readonly from: Origin },
): Promise<void> {
  const subjects = [setupSubject, addressSubject(given.from.address ?? 'unknown')]
  await context.db.read((db) => requireUnblocked(db, subjects, context.clock.now()))
  const known = await store.read()
  if (known !== null && isSame(known, given.code)) return
  // The code goes with the setup: somebody may have finished it since.
  if (!(await isSetupNeeded(context.db))) throw new Refusal('already-done')
  await context.db.write((db) => countFailure(db, subjects, context.clock.now()))
  throw new Refusal('record-invalid', { issues: [{ pointer: '/code', code: 'wrong-code' }] })
}

function isSame(known: string, given: string): boolean {
  const plain = (code: string) => Buffer.from(hashToken(code.toUpperCase().replace(/[^A-Z0-9]/g, '')))
  return timingSafeEqual(plain(known), plain(given))
}
