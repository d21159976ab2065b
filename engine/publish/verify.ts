/** Proof that a workspace is whole: the database, the chain of changes, records as their changes say, computed values afresh. */

import { engineActor } from '#accounts/account.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import { sameJson } from '#records/same-json.ts'
import { type BrokenChange, changesOf, verifyChanges } from '#storage/change-log.ts'
import { applyPatch } from '#storage/change-patch.ts'
import type { Connection } from '#storage/connection.ts'
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
  const found = await workspace.db.read(async (db) => {
    const database = [...(await checkIntegrity(db)), ...(await checkSearch(db, model))]
    const changes = await verifyChanges(db)
    const found = { records: 0, unexplained: [] as Difference[], computed: [] as Difference[] }
    for (const form of model.forms.values()) {
      for await (const differences of differencesOf(db, context, form.name)) found.computed.push(...differences)
      await compareWithChanges(db, context, { form, found })
    }
    return { database, changes, ...found }
  })
  const { findings: files } = await checkFiles(workspace)
  const wrong = [found.database, found.changes, found.unexplained, found.computed, files]
  return { ok: wrong.every((list) => list.length === 0), ...found, files }
}

interface Work {
  readonly form: FormModel
  readonly found: { records: number; readonly unexplained: Difference[] }
}

async function compareWithChanges(db: Connection, context: RecordContext, { form, found }: Work): Promise<void> {
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await recordIdsAfter(db, form.name, { after, limit: page })
    for (const record of (await context.store.load(db, form.name, ids, { deleted: true })).values()) {
      found.unexplained.push(...unexplained(form, record, await replay(db, form.name, record.id)))
      found.records += 1
    }
    if (ids.length < page) return
    after = ids.at(-1) ?? null
  }
}

/** The record as its changes, from the first on, make it. */
async function replay(db: Connection, form: string, record: string): Promise<JsonObject> {
  const changes = await changesOf(db, { form, record }, { limit: Number.MAX_SAFE_INTEGER })
  return [...changes].reverse().reduce<JsonObject>((values, change) => applyPatch(values, change.patch), {})
}

function unexplained(form: FormModel, record: StoredRecord, told: JsonObject): readonly Difference[] {
  const system = (['owner', 'state', 'deleted_at'] as const).map((field) => ({
    field,
    stored: record[field] as Json,
    computed: told[field] ?? null,
  }))
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
