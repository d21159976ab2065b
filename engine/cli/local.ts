/** Opens the workspace of this machine for one command, and acts in it as its admin. */
import type { Actor } from '#access/actor.ts'
import { adminRole } from '#access/actor.ts'
import { accountOf, actorOf, engineActor } from '#accounts/account.ts'
import { prepareDataFolder } from '#files/data-folder.ts'
import { createIds, createLog, systemClock } from '#files/machine.ts'
import { openWorkspace, type Workspace } from '#publish/workspace.ts'
import { recordIdsAfter } from '#storage/record-pages.ts'
import { createRecordStore } from '#storage/record-store.ts'
import { type Call, textOption } from './command.ts'
import { readEnvironment } from './environment.ts'

/** The workspace is closed afterwards, whatever happens. */
export async function withWorkspace<T>(call: Call, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await openLocal(call)
  try {
    return await work(workspace)
  } finally {
    await workspace.close()
  }
}

/** The log of a command goes to standard error, warnings and errors only. */
export function openLocal(call: Call): Promise<Workspace> {
  const { data, databaseUrl, logLevel } = readEnvironment(call.env)
  const folder = prepareDataFolder(textOption(call, 'data') ?? data)
  const log = createLog(logLevel === 'info' ? 'warn' : logLevel)
  return openWorkspace({ url: databaseUrl, folder, log, clock: systemClock, ids: createIds(), kinds: call.kinds })
}

/** Who holds the machine is admin: the first active admin lends the name; before there is one, the engine acts. */
export async function localActor(workspace: Workspace, locale: string): Promise<Actor> {
  const model = await workspace.model()
  const store = createRecordStore(model, workspace.db.dialect)
  return workspace.db.read(async (db) => {
    for (let after: string | null = null; ; ) {
      const ids: readonly string[] = await recordIdsAfter(db, 'user', { after, limit: 200 })
      const accounts = [...(await store.load(db, 'user', ids)).values()].map(accountOf)
      const admin = accounts.find((account) => account.active && account.roles.includes(adminRole))
      if (admin) return actorOf(model, admin)
      if (ids.length < 200) return engineActor(workspace.ids.next(), locale)
      after = ids.at(-1) ?? null
    }
  })
}
