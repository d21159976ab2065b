/** Takes back what an import wrote, record by record, through the write line: what somebody has changed since stays. */
import { seenModel } from '#access/seen-model.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import { changesOf } from '#storage/change-log.ts'
import { applyPatch, type ChangePatch, type RowsChange, reversed } from '#storage/change-patch.ts'
import type { Connection } from '#storage/connection.ts'
import { savepoint } from '#storage/savepoint.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { type RecordContext, visibleForm } from '../context.ts'
import { type RowValues, rowsOf } from '../merge.ts'
import { deleteIn } from '../remove.ts'
import { sameJson } from '../same-json.ts'
import { visibleIds } from '../targets.ts'
import { updateIn } from '../write.ts'
import type { ImportedRecord } from './batch.ts'

export interface UndoOutcome {
  /** removed: to the bin; restored: the old values are back; partly: some were changed since; kept: nothing could be undone. */
  readonly outcome: 'removed' | 'restored' | 'partly' | 'kept'
  /** Fields that somebody has changed since. */
  readonly fields: readonly string[]
  /** Why it was kept. */
  readonly issue: Issue | null
}

export interface UndoRequest {
  readonly written: ImportedRecord
  readonly cause: Json
}

/** One record, under its own savepoint: a refusal keeps it as it is and is told. */
export async function undoRecord(db: Connection, context: RecordContext, request: UndoRequest): Promise<UndoOutcome> {
  try {
    return await savepoint(db, () =>
      request.written.verb === 'created' ? removeCreated(db, context, request) : restoreChanged(db, context, request),
    )
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return kept(error.problem.issues?.[0] ?? { pointer: '', code: error.problem.code })
  }
}

function kept(issue: Issue, fields: readonly string[] = []): UndoOutcome {
  return { outcome: 'kept', fields, issue }
}

async function removeCreated(db: Connection, context: RecordContext, request: UndoRequest): Promise<UndoOutcome> {
  const { written, cause } = request
  const { version } = await currentOf(db, context, request)
  await deleteIn(db, context, { intent: { form: written.form, id: written.id, version }, options: { cause } })
  return { outcome: 'removed', fields: [], issue: null }
}

async function restoreChanged(db: Connection, context: RecordContext, request: UndoRequest): Promise<UndoOutcome> {
  const { written, cause } = request
  const form = seenForm(context, written.form)
  const current = await currentOf(db, context, request)
  if (!(await visibleIds(db, context, { form: form.name, ids: [written.id] })).has(written.id))
    throw new Refusal('not-found')
  const patch = await patchOf(db, request)
  const placing = context.policy.admin
  const { body, changed } = oldValues({ form, current, patch, placing })
  if (Object.keys(body).length === 0) return kept({ pointer: '', code: 'changed-since' }, changed)
  await updateIn(db, context, {
    intent: { verb: 'update', form: form.name, id: written.id, version: current.version, body },
    options: { cause, placing },
  })
  return { outcome: changed.length > 0 ? 'partly' : 'restored', fields: changed, issue: null }
}

/** What the caller may not read came along by itself: it stays, and nothing is told of it. */
function seenForm(context: RecordContext, name: string): FormModel {
  const { form } = visibleForm(context, name)
  return seenModel(context.model, context.policy).forms.get(name) ?? form
}

async function currentOf(db: Connection, context: RecordContext, { written }: UndoRequest): Promise<StoredRecord> {
  const current = (await context.store.load(db, written.form, [written.id], { lock: true })).get(written.id)
  if (!current) throw new Refusal('not-found')
  return current
}

const changesAtOnce = 100

/** What the import changed; versions only grow. */
async function patchOf(db: Connection, { written }: UndoRequest): Promise<ChangePatch> {
  for (let before: number | undefined; ; ) {
    const page = { limit: changesAtOnce, ...(before === undefined ? {} : { before }) }
    const changes = await changesOf(db, { form: written.form, record: written.id }, page)
    const found = changes.find(({ version }) => version === written.version)
    if (found) return found.patch
    before = changes.at(-1)?.seq
    if (changes.length < changesAtOnce) throw new Refusal('not-found')
  }
}

interface OldState {
  readonly form: FormModel
  readonly current: StoredRecord
  readonly patch: ChangePatch
  readonly placing: boolean
}

/** The body that puts back what still is as the import left it, and the names of what is not. */
function oldValues({ form, current, patch, placing }: OldState): { body: JsonObject; changed: readonly string[] } {
  const body: Record<string, Json> = {}
  const changed: string[] = []
  for (const [name, change] of Object.entries(patch)) {
    const field = form.fields.get(name)
    if (!(field ? isGiven(field, placing) : name === 'owner' || (name === 'state' && placing))) continue
    if ('rows' in change) {
      const rows = field?.table ? oldRows(field, { current, name, change, placing }) : null
      if (rows) body[name] = rows
      else changed.push(name)
    } else if (sameJson(valueIn(current, name), change.after)) body[name] = change.before
    else changed.push(name)
  }
  return { body, changed }
}

function valueIn(record: StoredRecord, name: string): Json {
  return name === 'owner' || name === 'state' ? record[name] : (record.values[name] ?? null)
}

/** Computed and fixed fields follow by themselves. */
function isGiven(field: FieldModel, placing: boolean): boolean {
  return !field.computed && (placing || (field.kind.generated !== true && field.definition.readonly !== true))
}

interface OldRows {
  readonly current: StoredRecord
  readonly name: string
  readonly change: RowsChange
  readonly placing: boolean
}

/** The rows as they were before; null: somebody has changed them since. Rows that were removed come back as new ones. */
function oldRows(table: FieldModel, { current, name, change, placing }: OldRows): readonly JsonObject[] | null {
  const now = new Map(rowsOf(current.values[name]).map((row) => [row.id, row]))
  const columns = [...(table.table?.fields.values() ?? [])].filter((column) => isGiven(column, placing))
  const untouched = change.rows.every(({ id, after }) => {
    const row = now.get(id)
    if (after === null || !row) return after === null && !row
    return columns.every(
      ({ name: key }) => !Object.hasOwn(after, key) || sameJson(row[key] ?? null, after[key] ?? null),
    )
  })
  if (!untouched || (change.order && !sameJson([...now.keys()], change.order.after))) return null
  const before = applyPatch(current.values, reversed({ [name]: change }))
  return rowsOf(before[name]).map((row) => givenPart(row, columns, now.has(row.id)))
}

function givenPart(row: RowValues, columns: readonly FieldModel[], exists: boolean): JsonObject {
  const values = columns.map(({ name }) => [name, row[name] ?? null] as const)
  return Object.fromEntries(exists ? [['id', row.id], ...values] : values)
}
