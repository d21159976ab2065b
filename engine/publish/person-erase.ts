/**
 * Erases a person: values marked `personal` leave the record, its changes, its files and what lies beside, in one transaction. The chain of
 * changes keeps its hashes; an entry of the audit log vouches for what stands in the changes since.
 */
import { type Actor, adminRole } from '#access/actor.ts'
import { engineActor } from '#accounts/account.ts'
import { formatDatetime } from '#base/dates.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { commitChange } from '#records/commit.ts'
import { holdModel } from '#records/current-model.ts'
import { openLive, systemValues } from '#records/draft.ts'
import { type ErasedCells, erasedNow, erasedPatch } from '#records/erased-values.ts'
import { lockTargets } from '#records/locks.ts'
import { finished } from '#records/record-shape.ts'
import { appendAudit } from '#storage/audit-log.ts'
import { erasedEvent, erasedFiles, redactChanges } from '#storage/change-redaction.ts'
import type { Connection } from '#storage/connection.ts'
import { removeAccess } from '#storage/person-access.ts'
import { removeLeftovers } from '#storage/person-leftovers.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { actorContext } from './actor-context.ts'
import { type ErasureWork, type Examined, examine, isNothing, type PersonErasure, tokenOf } from './erasure-plan.ts'
import { findPerson } from './find-person.ts'
import { settleSearch } from './search-keeper.ts'
import type { Workspace } from './workspace.ts'

/** Refusals: forbidden, not-found, record-invalid with `last-admin`, unavailable while an import works with the person. `isRehearsal`: only tells what would be done. */
export async function erasePerson(
  workspace: Workspace,
  actor: Actor,
  { who, isRehearsal }: { readonly who: string; readonly isRehearsal: boolean },
): Promise<PersonErasure> {
  if (!actor.roles.includes(adminRole)) throw new Refusal('forbidden')
  const context = await actorContext(workspace, engineActor(workspace.ids.next()))
  const work: ErasureWork = { context, actor, person: await findPerson(context, who), erasure: workspace.ids.next() }
  if (isRehearsal) return workspace.db.read(async (db) => (await examine(db, work, work.person.record)).told)
  const { told } = await workspace.db.write((db) => eraseIn(db, work))
  const of = { form: told.person.form, record: told.person.id }
  for (const file of await workspace.db.read((db) => erasedFiles(db, of))) await workspace.files.remove(file)
  await settleSearch(workspace)
  return told
}

async function eraseIn(db: Connection, work: ErasureWork): Promise<Examined> {
  const { context, person, erasure, actor } = work
  await holdModel(db, context)
  const before = await lockedRecord(db, work)
  const found = await examine(db, work, before)
  if (isNothing(found)) return found
  const [running] = found.leftovers.runningImports
  if (running !== undefined) throw atWork(running)
  const of = { form: person.form.name, record: before.id }
  await writeErased(db, work, { before, cells: found.cells })
  const changes = await redactChanges(db, erasure, { ...of, rewrite: (patch) => erasedPatch(found.cells, patch) })
  await removeLeftovers(db, of, found.leftovers)
  const at = context.around.now
  if (found.told.access) await removeAccess(db, before.id, { at, token: tokenOf(erasure) })
  const told = { ...found.told, erasure, changes: changes.length }
  const { fields, answers, imports } = told
  const { files } = found.leftovers
  await appendAudit(db, {
    at: formatDatetime(context.clock.now()),
    actor: actor.id,
    event: erasedEvent,
    data: { erasure, ...of, fields, files: [...files], answers, imports, changes: changes as unknown as Json },
  })
  return { ...found, told }
}

/** Once the record is erased, nobody knows any more what to look for in the sheet. */
function atWork(id: string): Refusal {
  return new Refusal('unavailable', {
    detail: {
      en: `Import ${id} is at work with a sheet that holds this person. Erase when it has ended.`,
      'zh-CN': `导入 ${id} 正在处理包含此人的表格，请在其结束后再删除。`,
    },
  })
}

async function lockedRecord(db: Connection, { context, person }: ErasureWork): Promise<StoredRecord> {
  const { form, record } = person
  await lockTargets(db, context, { form, before: record, after: record })
  const options = { lock: true, deleted: true }
  const before = (await context.store.load(db, form.name, [record.id], options)).get(record.id)
  if (!before) throw new Refusal('not-found')
  return before
}

/** The last station of the write line alone: no rule of a form, no state and no bin stands in the way of an erasure. */
async function writeErased(
  db: Connection,
  { context, erasure }: ErasureWork,
  { before, cells }: { readonly before: StoredRecord; readonly cells: ErasedCells },
): Promise<void> {
  const { program } = cells
  const disabled: JsonObject = program.form.name === 'user' ? { active: false } : {}
  const values = { ...erasedNow(cells, before.values), ...disabled }
  const live = await openLive(db, context, { program, values: { ...values, ...systemValues(before) } })
  live.recompute()
  const after = {
    ...finished(before, live),
    version: before.version + 1,
    updated_at: context.around.now,
    updated_by: context.actor.id,
  }
  await commitChange(db, context, { verb: 'update', program, before, after, cause: { erase: erasure } })
}
