/**
 * The one write line: form, import, API and automation all enter here.
 * Each body below is the list of stations; none calls back into an earlier one.
 */

import { type FormPolicy, grantsFor, has } from '#access/policy.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import { compileForm } from '#expressions/form-program.ts'
import { judge } from '#expressions/judge.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { coerce, type Input } from './coerce.ts'
import { commitChange } from './commit.ts'
import { requireMergeable } from './conflict.ts'
import { type RecordContext, requireVerb, visibleForm } from './context.ts'
import { holdModel } from './current-model.ts'
import { liveOf, loadAround, settleFormulas, storedValues } from './draft.ts'
import { trueFiles } from './field-files.ts'
import { fillChanged, fillNew } from './fill-record.ts'
import { lockIssues } from './locked-fields.ts'
import { lockTargets } from './locks.ts'
import { type Merged, merge } from './merge.ts'
import { assignNumbers } from './numbers.ts'
import { namelessIssues, readableIssues } from './readable-issues.ts'
import { blankRecord, finished } from './record-shape.ts'
import { allow, forbidden, type RecordRights, rightsFrom, rightsOn } from './rights.ts'
import { storedIssues } from './stored-rules.ts'
import { besideLinks, unseenLinks, withoutLinks, withoutOwner } from './unseen-links.ts'

export interface CreateIntent {
  readonly verb: 'create'
  readonly form: string
  readonly body: JsonObject
}
export interface UpdateIntent {
  readonly verb: 'update'
  readonly form: string
  readonly id: string
  readonly body: JsonObject
  /** The version that the caller has read; a stale one is merged by field where nothing collides. */
  readonly version: number
}
export interface WriteOptions {
  /** What made it; default `{write: <verb>}`. */
  readonly cause?: Json
  /** An import by an admin or a pack's data: may give states, numbers and values that only effects write. */
  readonly placing?: boolean
  /** Runs in the same transaction, after everything else: the recorded answer of an idempotent request. */
  readonly settle?: (db: Connection, written: Written) => Promise<void>
}

export interface Written {
  readonly form: string
  readonly id: string
  readonly version: number
  /** Failed checks of severity `warn`. */
  readonly warnings: readonly Issue[]
}

/** Creates a record. Refusals: not-found, forbidden, record-invalid (all issues at once), not-unique. */
export async function createRecord(
  context: RecordContext,
  intent: CreateIntent,
  options: WriteOptions = {},
): Promise<Written> {
  const { policy } = visibleForm(context, intent.form)
  requireVerb(policy, 'create')
  return context.db.write(async (db) => settled(db, await createIn(db, context, { intent, options }), options))
}

/** Changes a record. Refusals as above, and conflict with the current version and the colliding names. */
export async function updateRecord(
  context: RecordContext,
  intent: UpdateIntent,
  options: WriteOptions = {},
): Promise<Written> {
  visibleForm(context, intent.form)
  return context.db.write(async (db) => settled(db, await updateIn(db, context, { intent, options }), options))
}

async function settled(db: Connection, written: Written, options: WriteOptions): Promise<Written> {
  await options.settle?.(db, written)
  return written
}

/** The stations of a create, inside a transaction. */
export async function createIn(
  db: Connection,
  context: RecordContext,
  { intent, options }: { intent: CreateIntent; options: WriteOptions },
): Promise<Written> {
  await holdModel(db, context)
  const { form, policy } = visibleForm(context, intent.form)
  const program = compileForm(context.model, form.name)
  const opened = createRights(policy)
  const { input, issues } = coerce(form, intent.body, {
    rights: opened,
    placing: options.placing === true,
  })
  const blank = blankRecord(context, form, input)
  const merged = await trueFiles(db, context, {
    form,
    id: blank.id,
    before: null,
    merged: merge(form, {}, input, context.ids),
  })
  const judgeAs = async (values: Merged, blankAs: StoredRecord) => {
    const live = await fillNew(db, context, { program, blank: blankAs, input, merged: values })
    await lockLinked(db, context, { live, blank: blankAs })
    settleFormulas(live)
    const verdict = judge(live, null)
    const stored = await storedIssues(db, context, { live, before: null, id: blank.id })
    return { live, verdict, found: [...issues, ...merged.issues, ...unlessNamed(issues, verdict.issues), ...stored] }
  }
  const { live, verdict, found } = await judgeAs(merged, blank)
  const unseen = unseenLinks(found)
  if (unseen.length > 0) {
    const seen = await judgeAs(withoutLinks(merged, unseen), blankRecord(context, form, withoutOwner(input, unseen)))
    refuse(namelessIssues(besideLinks(unseen, seen.found), program, opened))
  }
  refuse(namelessIssues(found, program, opened))
  const rights = requireCreate(policy, live, input)
  await assignNumbers(db, context, { live, placing: options.placing === true })
  const after = finished(blank, live)
  await commitChange(db, context, {
    verb: 'create',
    program,
    before: null,
    after,
    cause: options.cause ?? { write: 'create' },
  })
  return {
    form: form.name,
    id: after.id,
    version: after.version,
    warnings: readableIssues(verdict.warnings, program, rights),
  }
}

/** The stations of an update, inside a transaction. */
export async function updateIn(
  db: Connection,
  context: RecordContext,
  { intent, options }: { intent: UpdateIntent; options: WriteOptions },
): Promise<Written> {
  await holdModel(db, context)
  const { form, policy } = visibleForm(context, intent.form)
  const program = compileForm(context.model, form.name)
  const before = await loadLocked(db, context, { form, id: intent.id, body: intent.body })
  const old = await liveOf(db, context, before, program)
  const rights = allow(policy, 'update', old.scope())
  const { input, issues } = coerce(form, intent.body, { rights, placing: options.placing === true })
  await requireMergeable(db, { before, intent, input, rights })
  const merged = await trueFiles(db, context, {
    form,
    id: before.id,
    before,
    merged: merge(form, before.values, input, context.ids),
  })
  const locked = lockIssues({ form, program, old, input, placing: options.placing === true })
  const judgeAs = async (values: Merged, given: Input) => {
    const live = await fillChanged(db, context, { program, before, input: given, merged: values })
    settleFormulas(live)
    const verdict = judge(live, old.row)
    const stored = await storedIssues(db, context, { live, before, id: before.id })
    return {
      live,
      verdict,
      found: [...issues, ...merged.issues, ...locked, ...unlessNamed(issues, verdict.issues), ...stored],
    }
  }
  const { live, verdict, found } = await judgeAs(merged, input)
  const unseen = unseenLinks(found)
  if (unseen.length > 0)
    refuse(
      namelessIssues(
        besideLinks(unseen, (await judgeAs(withoutLinks(merged, unseen), withoutOwner(input, unseen))).found),
        program,
        rightsOn(policy, 'read', old.scope()),
      ),
    )
  refuse(namelessIssues(found, program, rightsOn(policy, 'read', old.scope())))
  const after = {
    ...finished(before, live),
    version: before.version + 1,
    updated_at: context.around.now,
    updated_by: context.actor.id,
  }
  const changed = await commitChange(db, context, {
    verb: 'update',
    program,
    before,
    after,
    cause: options.cause ?? { write: 'update' },
  })
  return {
    form: form.name,
    id: before.id,
    version: changed ? after.version : before.version,
    warnings: readableIssues(verdict.warnings, program, rights),
  }
}

/** Locks what the new record's checks and roll-ups touch, then reads it again: what was read before the lock may be old. */
async function lockLinked(
  db: Connection,
  context: RecordContext,
  { live, blank }: { live: LiveRecord; blank: StoredRecord },
): Promise<void> {
  if (context.db.dialect === 'sqlite') return
  const after = { ...blank, values: storedValues(live) }
  await lockTargets(db, context, { form: live.program.form, before: null, after })
  await loadAround(db, context, live)
}

function createRights(policy: FormPolicy): RecordRights {
  return rightsFrom(
    policy.grants.filter((grant) => has(grant.verbs, 'create')),
    new Set(),
  )
}

/** The finished record must fall under a create grant, and each given field under one that opens it. */
function requireCreate(policy: FormPolicy, live: LiveRecord, input: Input): RecordRights {
  const scope = live.scope()
  if (grantsFor(policy, 'create', scope).length === 0) throw forbidden(policy, 'create')
  const rights = rightsOn(policy, 'create', scope)
  const given = [...Object.keys(input.fields), ...Object.keys(input.tables)]
  refuse(
    given
      .filter((field) => !rights.reads(field) && !live.program.fields.get(field)?.columns)
      .map((field) => ({ pointer: `/${field}`, code: 'unknown-field' })),
  )
  return rights
}

async function loadLocked(
  db: Connection,
  context: RecordContext,
  request: { form: FormModel; id: string; body: JsonObject },
): Promise<StoredRecord> {
  const { form, id, body } = request
  const seen = (await context.store.load(db, form.name, [id])).get(id)
  if (!seen) throw new Refusal('not-found')
  await lockTargets(db, context, { form, before: seen, after: { ...seen, values: { ...seen.values, ...body } } })
  if (context.db.dialect === 'sqlite') return seen
  const before = (await context.store.load(db, form.name, [id], { lock: true })).get(id)
  if (!before) throw new Refusal('not-found')
  return before
}

/** A value that could not be read is not also missing. */
function unlessNamed(named: readonly Issue[], issues: readonly Issue[]): Issue[] {
  const pointers = new Set(named.map((issue) => issue.pointer))
  return issues.filter((issue) => issue.code !== 'required' || !pointers.has(issue.pointer))
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length === 0) return
  throw new Refusal(issues.every((issue) => issue.code === 'not-unique') ? 'not-unique' : 'record-invalid', { issues })
}
