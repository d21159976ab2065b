/** The demo workspace: ready with one login per role, prepared once, taken up again where it was interrupted. */
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { roleNames } from '#access/built-in.ts'
import { accountByLogin } from '#accounts/account.ts'
import { verifyPassword } from '#accounts/password.ts'
import { type Login, prepareDemo } from '#cli/demo.ts'
import { openTerminal } from '#cli/terminal.ts'
import { createIds, systemClock } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'
import { readCredential } from '#storage/accounts/credentials.ts'
import { writeSetting } from '#storage/setting-store.ts'
import { databases, type OpenDatabase } from '#tests/support/databases.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const terminal = openTerminal(
  { input: new PassThrough(), output: new PassThrough().resume(), error: new PassThrough().resume() },
  { json: false, locale: 'en' },
)

let place: OpenDatabase
let workspace: Workspace
let logins: readonly Login[] | null = null

beforeAll(async () => {
  const [sqlite] = databases
  if (!sqlite) throw new Error('no database')
  place = await sqlite.open()
  workspace = await openWorkspace({
    watchNesting: true,
    url: place.url,
    folder: place.folder,
    log: silent,
    clock: systemClock,
    ids: createIds(),
    kinds: fieldKinds,
  })
})
afterAll(async () => {
  await workspace.close()
  await place.close()
})

it('has an admin and one person per role, each with a password of its own', async () => {
  logins = await prepareDemo(workspace, terminal)
  const model = await workspace.model()
  expect(model.packs.size).toBe(5)
  expect((logins ?? []).map(({ role }) => role).sort()).toEqual([...roleNames(model)])
  expect(new Set((logins ?? []).map(({ password }) => password)).size).toBe(logins?.length)
  for (const login of logins ?? []) expect(await opens(login)).toBe(true)
})

it('is prepared once: the second start prints nothing and changes no password', async () => {
  expect(await prepareDemo(workspace, terminal)).toBeNull()
  for (const login of (logins ?? []).slice(0, 2)) expect(await opens(login)).toBe(true)
})

it('is taken up again after an interruption, with new passwords', async () => {
  await workspace.db.write((db) => writeSetting(db, 'demo.ready', false))
  const again = (await prepareDemo(workspace, terminal)) ?? []
  expect(again.map(({ login }) => login)).toEqual(logins?.map(({ login }) => login))
  expect(await opens(again[0] as Login)).toBe(true)
  expect(await opens(logins?.[0] as Login)).toBe(false)
})

async function opens({ login, password, role }: Login): Promise<boolean> {
  const model = await workspace.model()
  return workspace.db.read(async (db) => {
    const account = await accountByLogin(db, model, login)
    expect(account?.roles).toEqual([role])
    const credential = account && (await readCredential(db, account.id))
    return verifyPassword(credential?.passwordHash ?? null, password)
  })
}
