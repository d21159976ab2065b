/** A workspace with its first admin, and actors in it: for tests of publishing and packs, below HTTP. */

import type { Actor } from '#access/actor.ts'
import { accountById, actorOf } from '#accounts/account.ts'
import { createFirstAdmin } from '#accounts/setup.ts'
import { createUser } from '#accounts/users.ts'
import { createIds } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { actorContext } from '#publish/actor-context.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'
import type { RecordContext } from '#records/context.ts'
import type { TestDatabase } from './databases.ts'

export interface TestWorkspace {
  readonly workspace: Workspace
  readonly admin: Actor
  /** Makes a user with these roles. */
  user(login: string, roles: readonly string[]): Promise<Actor>
  /** The actor as it is now, on the model as it is now. */
  context(actor: Actor): Promise<RecordContext>
  close(): Promise<void>
}

const password = 'correct horse battery staple'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Example: `const { workspace, admin, close } = await openTestWorkspace(database)` */
export async function openTestWorkspace(database: TestDatabase): Promise<TestWorkspace> {
  const place = await database.open()
  const clock = { now: () => Date.now() }
  const workspace = await openWorkspace({
    watchNesting: true,
    url: place.url,
    folder: place.folder,
    log: silent,
    clock,
    ids: createIds(),
    kinds: fieldKinds,
  })
  const parts = { db: workspace.db, model: await workspace.model(), clock, ids: workspace.ids }
  const { id } = await createFirstAdmin(
    parts,
    { login: 'ada@example.com', name: 'Ada', password, locale: 'en' },
    { address: null, agent: null },
  )
  const actor = async (user: string) => {
    const model = await workspace.model()
    const account = await workspace.db.read((db) => accountById(db, model, user))
    if (!account) throw new Error(`no user ${user}`)
    return actorOf(model, account)
  }
  const admin = await actor(id)
  return {
    workspace,
    admin,
    context: (of) => actorContext(workspace, of),
    user: async (login, roles) =>
      actor(
        await createUser(await actorContext(workspace, admin), { login, name: login, password, roles, locale: 'en' }),
      ),
    async close() {
      await workspace.close()
      await place.close()
    },
  }
}
