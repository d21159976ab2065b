/** Delete to the bin and restore: both are writes like any other, with rights, roll-ups and Changes. */

import { fieldAt } from '#access/field-set.ts'
import type { Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import { compileForm } from '#expressions/form-program.ts'
import { isLocked } from '#expressions/judge.ts'
import type { Connection } from '#storage/connection.ts'
import type { Linking, StoredRecord } from '#storage/stored-record.ts'
import { commitChange } from './commit.ts'
import { type RecordContext, visibleForm } from './context.ts'
import { holdModel } from './current-model.ts'
import { liveOf, openLive, storedValues, systemValues } from './draft.ts'
import { lockTargets } from './locks.ts'
import { rowsOf } from './merge.ts'
import { allow } from './rights.ts'
import type { WriteOptions, Written } from './write.ts'

export interface DeleteIntent {
  readonly form: string
  readonly id: string
  readonly version: number
}

/** Moves a record to the bin. Refusals: not-found, forbidden, conflict, still-linked (which forms, how many). */
export async function deleteRecord(
  context: RecordContext,
  intent: DeleteIntent,
  options: WriteOptions = {},
): Promise<Written> {
  return context.db.write(async (db) => {
    const written = await deleteIn(db, context, { intent, options })
    await options.settle?.(db, written)
    return written
  })
}

/** The stations of a delete, inside a transaction. */
export async function deleteIn(
  db: Connection,
  context: RecordContext,
  { intent, options }: { intent: DeleteIntent; options: WriteOptions },
): Promise<Written> {
  await holdModel(db, context)
  const { form, policy } = visibleForm(context, intent.form)
  const program = compileForm(context.model, form.name)
  const before = await loadForDelete(db, context, intent)
  const live = await liveOf(db, context, before, program)
  allow(policy, 'delete', live.scope())
  if (before.version !== intent.version)
    throw new Refusal('conflict', { params: { version: before.version, fields: [] } })
  if (form.definition.append_only || isLocked(program, live.scope()))
    refuse([{ pointer: '', code: form.definition.append_only ? 'append-only' : 'locked' }])
  await releaseLinks(db, context, { form: form.name, id: before.id })
  const after = {
    ...before,
    version: before.version + 1,
    updated_at: context.around.now,
    updated_by: context.actor.id,
    deleted_at: context.around.now,
  }
  await commitChange(db, context, {
    verb: 'delete',
    program,
    before,
    after,
    cause: options.cause ?? { write: 'delete' },
  })
  return { form: form.name, id: before.id, version: after.version, warnings: [] }
}

async function loadForDelete(db: Connection, context: RecordContext, intent: DeleteIntent): Promise<StoredRecord> {
  const { form } = visibleForm(context, intent.form)
  const seen = (await context.store.load(db, form.name, [intent.id])).get(intent.id)
  if (!seen) throw new Refusal('not-found')
  await lockTargets(db, context, { form, before: seen, after: seen })
  const before = (await context.store.load(db, form.name, [intent.id], { lock: true })).get(intent.id)
  if (!before) throw new Refusal('not-found')
  return before
}

/** What links here is blocked, emptied or deleted too, as each link's `on_delete` says. */
async function releaseLinks(
  db: Connection,
  context: RecordContext,
  target: { form: string; id: string },
): Promise<void> {
  const linking = await context.store.linkedFrom(db, target.form, target.id)
  const blocking = linking.filter((link) => policyOf(context, link) === 'block')
  if (blocking.length > 0) throw stillLinked(context, blocking)
  for (const link of linking) {
    const ids = await context.store.linkingIds(db, link, { id: target.id, limit: link.count })
    for (const id of ids) {
      if (policyOf(context, link) === 'clear') await clearLink(db, context, { link, id, target: target.id })
      else await cascade(db, context, { form: link.form, id })
    }
  }
}

function policyOf(context: RecordContext, link: Linking): string {
  const path = link.table ? `${link.table}.${link.field}` : link.field
  const form = context.model.forms.get(link.form)
  return String((form && fieldAt(form, path)?.definition.on_delete) ?? 'block')
}

/** Names the linking forms that the caller may see; the others only as "other records". */
function stillLinked(context: RecordContext, blocking: readonly Linking[]): Refusal {
  const seen = blocking.filter((link) => context.policy.form(link.form) !== null)
  const issues = seen.map((link) => ({
    pointer: '',
    code: 'still-linked',
    params: { form: link.form, field: link.field, count: link.count },
  }))
  return new Refusal('still-linked', {
    issues: issues.length > 0 ? issues : [{ pointer: '', code: 'still-linked-elsewhere' }],
  })
}

async function clearLink(
  db: Connection,
  context: RecordContext,
  request: { link: Linking; id: string; target: string },
): Promise<void> {
  const { link, target } = request
  const program = compileForm(context.model, link.form)
  const before = (await context.store.load(db, link.form, [request.id], { lock: true })).get(request.id)
  if (!before) return
  const without = (value: Json): Json => (Array.isArray(value) ? value.filter((each) => each !== target) : null)
  const points = (value: Json | undefined) =>
    value === target ||
    (Array.isArray(value) && value.includes(target)) ||
    (typeof value === 'string' && value.endsWith(`/${target}`))
  const values = link.table
    ? {
        ...before.values,
        [link.table]: rowsOf(before.values[link.table]).map((row) =>
          points(row[link.field]) ? { ...row, [link.field]: without(row[link.field] as Json) } : row,
        ),
      }
    : { ...before.values, [link.field]: without(before.values[link.field] ?? null) }
  const live = await openLive(db, context, { program, values: { ...values, ...systemValues(before) } })
  live.recompute()
  const after = {
    ...before,
    version: before.version + 1,
    updated_at: context.around.now,
    updated_by: context.actor.id,
    values: storedValues(live),
  }
  await commitChange(db, context, { verb: 'update', program, before, after, cause: { write: 'link-cleared', target } })
}

async function cascade(db: Connection, context: RecordContext, target: { form: string; id: string }): Promise<void> {
  const before = (await context.store.load(db, target.form, [target.id], { lock: true })).get(target.id)
  if (!before) return
  await releaseLinks(db, context, target)
  const after = {
    ...before,
    version: before.version + 1,
    updated_at: context.around.now,
    updated_by: context.actor.id,
    deleted_at: context.around.now,
  }
  await commitChange(db, context, {
    verb: 'delete',
    program: compileForm(context.model, target.form),
    before,
    after,
    cause: { write: 'cascade' },
  })
}

/** Takes a record out of the bin; a unique value taken meanwhile is refused. */
export async function restoreRecord(
  context: RecordContext,
  intent: { readonly form: string; readonly id: string },
  options: WriteOptions = {},
): Promise<Written> {
  const { form, policy } = visibleForm(context, intent.form)
  const program = compileForm(context.model, form.name)
  return context.db.write(async (db) => {
    await holdModel(db, context)
    const before = (await context.store.load(db, form.name, [intent.id], { lock: true, deleted: true })).get(intent.id)
    if (!before) throw new Refusal('not-found')
    const live = await liveOf(db, context, before, program)
    allow(policy, 'delete', live.scope())
    if (before.deleted_at === null) throw new Refusal('already-done')
    const taken = await context.store.uniqueConflicts(db, form.name, before)
    if (taken.length > 0)
      throw new Refusal('not-unique', {
        issues: taken.flatMap(({ fields }) => fields.map((field) => ({ pointer: `/${field}`, code: 'not-unique' }))),
      })
    const after = {
      ...before,
      version: before.version + 1,
      updated_at: context.around.now,
      updated_by: context.actor.id,
      deleted_at: null,
    }
    await commitChange(db, context, {
      verb: 'restore',
      program,
      before,
      after,
      cause: options.cause ?? { write: 'restore' },
    })
    const written = { form: form.name, id: before.id, version: after.version, warnings: [] }
    await options.settle?.(db, written)
    return written
  })
}

function refuse(issues: readonly Issue[]): never {
  throw new Refusal('record-invalid', { issues })
}
