/** Proof that a workspace is whole: the database, the chain of changes, records as their changes say, computed values afresh. */

import { engineActor } from '#accounts/account.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import { sameJson } from '#records/same-json.ts'
import { type BrokenChange, type Change, changesOf, verifyChanges } from '#storage/change-log.ts'
import { applyPatch } from '#storage/change-patch.ts'
import type { Connection } from '#storage/connection.ts'
import { checkDefinitions, checkSpellings, lostRecords } from '#storage/consistency.ts'
import { checkIntegrity } from '#storage/integrity.ts'
import { recordIdsAfter } from '#storage/record-pages.ts'
import { checkSearch } from '#storage/search-build.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { type Difference, differencesOf } from './recompute.ts'
import { checkFiles, type FileFinding } from './stored-files.ts'
import type { Workspace } from './workspace.ts'

export interface Verification {
  readonly ok: boolean
  readonly records: number
  /** What the database says against itself. */
  readonly database: readonly string[]
  /** Changes whose text no longer fits their hash, or whose predecessor is gone. */
  readonly changes: readonly BrokenChange[]
  /** Values that no change explains. */
  readonly unexplained: readonly Difference[]
  /** Formulas, roll-ups and titles that are not what they should be. */
  readonly computed: readonly Difference[]
  /** Uploaded files that are gone or altered, and bytes that nobody knows. */
  readonly files: readonly FileFinding[]
}

const page = 200

/** One snapshot of the database, then the files; read only. */
export async function verifyWorkspace(workspace: Workspace): Promise<Verification> {
  const model = await workspace.model()
  const context = createContext({
    db: workspace.db,
    model,
    actor: engineActor(''),
    clock: workspace.clock,
    ids: workspace.ids,
  })
  const found = await workspace.db.read((db) => examine(db, context))
  const { findings: files } = await checkFiles(workspace)
  const wrong = [found.database, found.changes, found.unexplained, found.computed, files]
  return { ok: wrong.every((list) => list.length === 0), ...found, files }
}

async function examine(db: Connection, context: RecordContext): Promise<Omit<Verification, 'ok' | 'files'>> {
  const found: Examined = { records: 0, database: [], changes: [], unexplained: [], computed: [] }
  const { model } = context
  for (const check of [checkIntegrity, checkDefinitions, checkSpellings, (on: Connection) => checkSearch(on, model)])
    await reading(found, 'the database', async () => found.database.push(...(await check(db))))
  await reading(found, 'the changes', async () => found.changes.push(...(await verifyChanges(db))))
  for (const form of model.forms.values()) {
    await reading(found, `what is computed in ${form.name}`, async () => {
      for await (const differences of differencesOf(db, context, form.name)) found.computed.push(...differences)
    })
    await reading(found, form.name, async () => {
      found.database.push(...(await lostRecords(db, form.name)))
      await compareWithChanges(db, context, { form, found })
    })
  }
  return found
}

interface Examined {
  records: number
  readonly database: string[]
  readonly changes: BrokenChange[]
  readonly unexplained: Difference[]
  readonly computed: Difference[]
}

/** What cannot be read is a finding, and the rest is still looked at. */
async function reading(found: Examined, what: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof Refusal) throw error
    found.database.push(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}

interface Work {
  readonly form: FormModel
  readonly found: Examined
}

async function compareWithChanges(db: Connection, context: RecordContext, { form, found }: Work): Promise<void> {
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await recordIdsAfter(db, form.name, { after, limit: page })
    const isRead = await reading(found, `a record of ${form.name}`, () =>
      comparePage(db, context, { form, found, ids }),
    )
    if (!isRead) await eachAlone(db, context, { form, found, ids })
    if (ids.length < page) return
    after = ids.at(-1) ?? null
  }
}

type PageWork = Work & { readonly ids: readonly string[] }

async function comparePage(db: Connection, context: RecordContext, { form, found, ids }: PageWork): Promise<void> {
  for (const record of (await context.store.load(db, form.name, ids, { deleted: true })).values()) {
    found.unexplained.push(...unexplained(form, record, await replay(db, form.name, record.id)))
    found.records += 1
  }
}

/** Names the record that cannot be read. */
async function eachAlone(db: Connection, context: RecordContext, { form, found, ids }: PageWork): Promise<void> {
  for (const id of ids)
    await reading(found, `${form.name}/${id}`, async () => {
      const record = (await context.store.load(db, form.name, [id], { deleted: true })).get(id)
      if (record === undefined) found.database.push(`${form.name}/${id} is gone`)
    })
}

interface Told {
  readonly values: JsonObject
  /** As the changes say. */
  readonly system: JsonObject
}

/** The record as its changes, from the first on, make it. */
async function replay(db: Connection, form: string, record: string): Promise<Told> {
  const changes = [...(await changesOf(db, { form, record }, { limit: Number.MAX_SAFE_INTEGER }))].reverse()
  const values = changes.reduce<JsonObject>((before, change) => applyPatch(before, change.patch), {})
  return { values, system: systemOf(changes) }
}

/** A publication that moves records is no edit of them. */
function systemOf(changes: readonly Change[]): JsonObject {
  const [first, last] = [changes[0], changes.at(-1)]
  const edit = changes.findLast(({ cause }) => !(isObject(cause) && 'publish' in cause)) ?? first
  return {
    version: last?.version ?? null,
    created_at: first?.at ?? null,
    created_by: first?.actor ?? null,
    updated_at: edit?.at ?? null,
    updated_by: edit?.actor ?? null,
  }
}

const systemFields = ['version', 'created_at', 'created_by', 'updated_at', 'updated_by'] as const

function unexplained(
  form: FormModel,
  record: StoredRecord,
  { values: told, system: kept }: Told,
): readonly Difference[] {
  const system = [
    ...(['owner', 'state', 'deleted_at'] as const).map((field) => ({
      field,
      stored: record[field] as Json,
      computed: told[field] ?? null,
    })),
    ...systemFields.map((field) => ({ field, stored: record[field] as Json, computed: kept[field] ?? null })),
  ]
  const own = [...form.fields.values()]
    .filter((field) => field.stored && !field.computed)
    .map((field) => ({
      field: field.name,
      stored: plain(field, record.values[field.name]),
      computed: plain(field, told[field.name]),
    }))
  return [...system, ...own]
    .filter(({ stored, computed }) => !sameJson(stored, computed))
    .map((difference) => ({ form: form.name, id: record.id, ...difference }))
}

/** The value in today's spelling: the definition may have changed since it was written. Computed columns move without a change. */
function plain(field: FieldModel, value: Json | undefined): Json {
  if (isNothing(value)) return null
  if (!field.table) return spelled(field, value)
  const columns = [...field.table.fields.values()].filter((column) => column.stored && !column.computed)
  return (Array.isArray(value) ? value.filter(isObject) : []).map((row) => ({
    id: row.id ?? null,
    ...Object.fromEntries(columns.map((column) => [column.name, plain(column, row[column.name])])),
  }))
}

/** A table or list that came with a later publication is empty in older records, and no change says so. */
function isNothing(value: Json | undefined): value is null | undefined | [] {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function spelled(field: FieldModel, value: Json): Json {
  const parsed = field.kind.parse(value, field.definition)
  return parsed.ok ? parsed.value : value
}
