/** The context in which an actor works with the records of a workspace, outside HTTP: packs, commands. */
import type { Actor } from '#access/actor.ts'
import { guardUsers } from '#accounts/guard-users.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import type { Workspace } from './workspace.ts'

/** On the definitions that are published now; long work renews it when others are. */
export async function actorContext(workspace: Workspace, actor: Actor): Promise<RecordContext> {
  const model = await workspace.model()
  const { db, clock, ids } = workspace
  return createContext({
    db,
    model,
    actor,
    clock,
    ids,
    listeners: [guardUsers(model, clock)],
    renew: () => actorContext(workspace, actor),
  })
}
