/** A workspace ready to look around in: every pack with demo data, an admin, and one user per role who can sign in. */

import { adminRole } from '#access/actor.ts'
import { roleNames, roleOf } from '#access/built-in.ts'
import { type Account, accountOf } from '#accounts/account.ts'
import { createFirstAdmin, isSetupNeeded } from '#accounts/setup.ts'
import { newSetupCode } from '#accounts/token.ts'
import { changeUser, createUser } from '#accounts/users.ts'
import { Refusal } from '#base/problems.ts'
import { resolveText } from '#base/text.ts'
import { actorContext } from '#publish/actor-context.ts'
import { installPack } from '#publish/packs.ts'
import { readPacks, templatesFolder } from '#publish/packs-folder.ts'
import type { Workspace } from '#publish/workspace.ts'
import type { RecordContext } from '#records/context.ts'
import { recordIdsAfter } from '#storage/record-pages.ts'
import { readSettings, writeSetting } from '#storage/setting-store.ts'
import { localActor } from './local.ts'
import type { Terminal } from './terminal.ts'

export interface Login {
  readonly role: string
  readonly label: string
  readonly login: string
  readonly password: string
}

const readyKey = 'demo.ready'
const domain = 'demo.formloom.example'
const mostUsers = 500

/** null: it was prepared before, and its passwords were printed then. A start that was interrupted is taken up again, with new passwords. */
export async function prepareDemo(workspace: Workspace, terminal: Terminal): Promise<readonly Login[] | null> {
  if ((await workspace.db.read((db) => readSettings(db, [readyKey]))).get(readyKey) === true) return null
  const admin = await prepareAdmin(workspace, terminal)
  await installAll(workspace, terminal)
  const context = await actorContext(workspace, await localActor(workspace, terminal.locale))
  const logins = [admin]
  for (const role of roleNames(context.model))
    if (role !== adminRole) logins.push(await prepareUser(context, role, terminal.locale))
  await workspace.db.write((db) => writeSetting(db, readyKey, true))
  return logins
}

async function prepareAdmin(workspace: Workspace, terminal: Terminal): Promise<Login> {
  const login = `admin@${domain}`
  const password = newPassword()
  const made = { role: adminRole, label: terminal.locale === 'zh-CN' ? '管理员' : 'Admin', login, password }
  if (await isSetupNeeded(workspace.db)) {
    const context = { db: workspace.db, model: await workspace.model(), clock: workspace.clock, ids: workspace.ids }
    await createFirstAdmin(
      context,
      { login, name: made.label, password, locale: terminal.locale },
      { address: null, agent: 'formloom start --demo' },
    )
    return made
  }
  const actor = await localActor(workspace, terminal.locale)
  await changeUser(await actorContext(workspace, actor), actor.id ?? '', { values: { login }, password })
  return made
}

async function installAll(workspace: Workspace, terminal: Terminal): Promise<void> {
  const actor = await localActor(workspace, terminal.locale)
  for (const name of readPacks(templatesFolder(), workspace.kinds).keys()) {
    terminal.say(terminal.locale === 'zh-CN' ? `正在安装 ${name} 及演示数据 …` : `Installing ${name} with demo data …`)
    try {
      const { errorCount } = await installPack(workspace, actor, { name, demo: true })
      if (errorCount > 0) terminal.warn(`${name}: ${errorCount} rows of demo data were refused.`)
    } catch (error) {
      if (!(error instanceof Refusal) || error.problem.code !== 'already-done') throw error
    }
  }
}

/** The demo data's own person of the role, who owns records; where there is none, a new one. */
async function prepareUser(context: RecordContext, role: string, locale: string): Promise<Login> {
  const password = newPassword()
  const label = resolveText(roleOf(context.model, role)?.label, locale) || role
  const known = await userOfRole(context, role)
  if (known) {
    await changeUser(context, known.id, { values: {}, password })
    return { role, label, login: known.login, password }
  }
  const login = `${role.replaceAll('_', '.')}@${domain}`
  await createUser(context, { login, name: label, password, locale, roles: [role] })
  return { role, label, login, password }
}

function userOfRole(context: RecordContext, role: string): Promise<Account | null> {
  return context.db.read(async (db) => {
    const ids = await recordIdsAfter(db, 'user', { after: null, limit: mostUsers })
    const accounts = [...(await context.store.load(db, 'user', ids)).values()].map(accountOf)
    return accounts.find(({ active, roles }) => active && roles.length === 1 && roles[0] === role) ?? null
  })
}

/** 80 random bits, to be read and typed. */
function newPassword(): string {
  return `${newSetupCode()}-${newSetupCode()}`.toLowerCase()
}
