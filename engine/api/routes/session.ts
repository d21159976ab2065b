/** Setup, sessions, own settings. */
import { accountById, engineActor } from '#accounts/account.ts'
import { beginSession, endSession } from '#accounts/sessions.ts'
import { isSetupNeeded, setUp } from '#accounts/setup.ts'
import { signIn } from '#accounts/sign-in.ts'
import { changeOwnPassword, changeOwnSettings } from '#accounts/users.ts'
import { Bug } from '#base/bug.ts'
import { Refusal } from '#base/problems.ts'
import * as contract from '#contract/routes/setup.ts'
import { createContext } from '#records/context.ts'
import { type Answer, type Call, route } from '../call.ts'
import { given } from '../query-text.ts'
import { userAnswer } from '../user-answer.ts'

export const sessionRoutes = [
  route(contract.setupRead, async ({ parts }) => ({
    status: 200,
    body: { needed: await isSetupNeeded(parts.workspace.db) },
  })),
  route(contract.setupCreate, async (call) => {
    const { workspace: name, ...first } = call.body
    const { workspace, setupCode } = call.parts
    const settings = await workspace.settings()
    const admin = { ...first, locale: first.locale ?? call.locale, zone: first.zone ?? settings.zone }
    const made = await setUp({ ...workspace, model: call.model }, setupCode, { first: admin, from: call.from })
    await workspace.setSettings(
      given({ locale: admin.locale, zone: admin.zone, name: name?.trim() || undefined }) as Parameters<
        typeof workspace.setSettings
      >[0],
    )
    return { status: 201, body: { user: await userOf(call, made.id) }, session: { token: made.token } }
  }),
  route(contract.sessionCreate, async (call) => {
    const { account, token } = await signIn(
      { ...call.parts.workspace, model: call.model },
      { ...call.body, from: call.from, previous: call.token },
    )
    return { status: 200, body: { user: userAnswer(account) }, session: { token } }
  }),
  route(contract.sessionRead, async (call) => ({ status: 200, body: { user: userAnswer(accountOf(call)) } })),
  route(contract.sessionChange, changeSession),
  route(contract.sessionDelete, async (call) => {
    const { token } = call
    if (token !== null) await call.parts.workspace.db.write((db) => endSession(db, token))
    return { status: 204, session: 'end' }
  }),
]

async function changeSession(call: Call<typeof contract.sessionChange>): Promise<Answer> {
  const account = accountOf(call as unknown as Call)
  const { password, current_password: current, ...settings } = call.body
  if (password !== undefined && current === undefined)
    throw new Refusal('record-invalid', { issues: [{ pointer: '/current_password', code: 'required' }] })
  if (Object.keys(settings).length > 0) {
    const engine = createContext({
      ...call.records,
      actor: { ...engineActor(account.id, account.locale), zone: call.actor.zone },
    })
    await changeOwnSettings(engine, account, settings)
  }
  const token =
    password === undefined || current === undefined
      ? null
      : await renew(call as unknown as Call, { current, next: password })
  return {
    status: 200,
    body: { user: await userOf(call as unknown as Call, account.id) },
    ...(token === null ? {} : { session: { token } }),
  }
}

/** The password ends every session; the one that changed it goes on under a new token. */
async function renew(call: Call, secret: { readonly current: string; readonly next: string }): Promise<string> {
  const account = accountOf(call)
  await changeOwnPassword(call.records, account, secret)
  return call.parts.workspace.db.write((db) =>
    beginSession(db, account.id, { now: call.parts.workspace.clock.now(), from: call.from }),
  )
}

function accountOf(call: Pick<Call, 'caller'>) {
  if (!call.caller) throw new Bug('a session route without a caller')
  return call.caller.account
}

async function userOf(call: Pick<Call, 'parts' | 'model'>, id: string) {
  const account = await call.parts.workspace.db.read((db) => accountById(db, call.model, id))
  if (!account) throw new Refusal('not-found')
  return userAnswer(account)
}
