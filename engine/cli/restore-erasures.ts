/** Who was erased after a backup was made is erased again in what was restored from it. */
import type { Actor } from '#access/actor.ts'
import { engineActor } from '#accounts/account.ts'
import { Refusal } from '#base/problems.ts'
import { listErasures, readErasures } from '#files/erasure-list.ts'
import { erasePerson } from '#publish/person-erase.ts'
import type { Workspace } from '#publish/workspace.ts'
import { erasuresOf } from '#storage/change-redaction.ts'

/** Answers with the number of those of whom something was there. The list goes with the new data folder. */
export async function eraseAgain(workspace: Workspace, path: string, folder: string): Promise<number> {
  const list = readErasures(path)
  const actor = engineActor(workspace.ids.next())
  let count = 0
  for (const who of new Set(list.map(({ form, record }) => `${form}/${record}`)))
    if (await wasErased(workspace, actor, who)) count += 1
  listErasures(folder, [...list, ...(await workspace.db.read(erasuresOf))])
  return count
}

/** Made after the backup: not there. */
async function wasErased(workspace: Workspace, actor: Actor, who: string): Promise<boolean> {
  try {
    return (await erasePerson(workspace, actor, { who, isRehearsal: false })).erasure !== null
  } catch (error) {
    if (error instanceof Refusal && error.problem.code === 'not-found') return false
    throw error
  }
}
