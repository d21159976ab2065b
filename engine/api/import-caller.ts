/** In whose name an import goes on when nobody asks any more: its creator as they are now, never more than the key that began it. */
import { type Scope, scopedPolicy } from '#access/scope.ts'
import { accountById, actorOf } from '#accounts/account.ts'
import type { Caller } from '#accounts/authenticate.ts'
import { guardUsers } from '#accounts/guard-users.ts'
import { isKeyAlive } from '#accounts/keys.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { Workspace } from '#publish/workspace.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import { keysOf } from '#storage/accounts/keys.ts'
import type { StoredImport } from '#storage/import-store.ts'

/** What is noted of the caller beside the import. */
export function callerSettings(caller: Caller | null): JsonObject {
  return { key: caller?.storedKey?.id ?? null, scopes: (caller?.scopes ?? null) as unknown as Json }
}

/** On the definitions that are published now. Refusal `forbidden`: the user or the key is no longer active. */
export async function importCaller(workspace: Workspace, stored: StoredImport): Promise<RecordContext> {
  const { db, clock, ids } = workspace
  const { key, scopes } = stored.settings
  const found = await db.read(async (connection) => {
    const model = await workspace.modelIn(connection)
    const account = stored.createdBy === null ? null : await accountById(connection, model, stored.createdBy)
    const keys = typeof key === 'string' && account ? await keysOf(connection, account.id) : []
    return { model, account, living: keys.some((each) => each.id === key && isKeyAlive(each, clock.now())) }
  })
  const { model, account } = found
  if (!account?.active || (typeof key === 'string' && !found.living)) throw new Refusal('forbidden')
  const actor = actorOf(model, account, typeof key === 'string' ? key : undefined)
  const whole = createContext({ db, model, actor, clock, ids, listeners: [guardUsers(model, clock)] })
  if (!Array.isArray(scopes)) return whole
  return { ...whole, policy: scopedPolicy(whole.policy, scopes as unknown as readonly Scope[]) }
}
