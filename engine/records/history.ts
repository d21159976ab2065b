/** What happened to a record, as this caller may see it: hidden fields are absent from every Change. */

import { binVisibilityOf, visibilityOf, visibleTargets } from '#access/visibility.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { compileForm } from '#expressions/form-program.ts'
import { type Change, changesOf } from '#storage/change-log.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { ListRow } from '#storage/query-plan.ts'
import { type RecordContext, visibleForm } from './context.ts'
import { liveOf } from './draft.ts'
import { rightsOfRow, rowConditions } from './present.ts'
import type { RecordRights } from './rights.ts'
import { explain, type Why } from './rights.ts'
import { maskedValue } from './shown.ts'
import { type ShowLinks, visibleLinks } from './visible-links.ts'

export interface HistoryQuery {
  /** Version of the last one seen; versions count within the record, so that they tell nothing of others. */
  readonly before?: number
  /** 1–200, default 50. */
  readonly limit?: number
}

/** `{changes: [{at, version, by: {id, title}, cause, fields: {total: {before, after}}, tables: {lines: [...]}}], next}`, newest first. */
export async function historyOf(
  context: RecordContext,
  name: string,
  id: string,
  query: HistoryQuery = {},
): Promise<JsonObject> {
  const limit = query.limit ?? 50
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new Refusal('query-invalid', {
      issues: [{ pointer: '/limit', code: 'out-of-range', params: { min: 1, max: 200 } }],
    })
  return context.db.read(async (db) => {
    const rights = await rightsOnVisible(db, context, { name, id })
    const changes = await pageOfChanges(
      db,
      { form: name, record: id },
      { before: query.before ?? Number.POSITIVE_INFINITY, limit },
    )
    const people = await titlesOf(
      db,
      context,
      'user',
      changes.flatMap((change) => change.actor ?? []),
    )
    const links = await visibleLinks(db, context, { form: name, changes })
    const shown = changes.map((change) => presentChange(change, { rights, people, links }))
    return { changes: shown, next: changes.length === limit ? (changes.at(-1)?.version ?? null) : null }
  })
}

async function pageOfChanges(
  db: Connection,
  target: { form: string; record: string },
  page: { before: number; limit: number },
): Promise<readonly Change[]> {
  const found: Change[] = []
  for (let last: number | undefined; ; ) {
    const some = await changesOf(db, target, { ...(last === undefined ? {} : { before: last }), limit: 200 })
    found.push(...some.filter((change) => change.version < page.before))
    if (found.length >= page.limit || some.length < 200) return found.slice(0, page.limit)
    last = some.at(-1)?.seq
  }
}

/** "Why can (can't) I": the grants of the verb on this record and which of them hold. */
export async function whyOf(context: RecordContext, name: string, id: string, verb: string): Promise<Why> {
  const { policy } = visibleForm(context, name)
  return context.db.read(async (db) => {
    await rightsOnVisible(db, context, { name, id })
    const record = (await context.store.load(db, name, [id])).get(id)
    if (!record) throw new Refusal('not-found')
    return explain(policy, verb, (await liveOf(db, context, record, compileForm(context.model, name))).scope())
  })
}

async function rightsOnVisible(
  db: Connection,
  context: RecordContext,
  at: { name: string; id: string },
): Promise<RecordRights> {
  return rightsOfRow(visibleForm(context, at.name).policy, await visibleRow(db, context, at))
}

/** The record as far as its system fields, with the grants that hold for it; refused when the caller may not see it. */
export async function visibleRow(
  db: Connection,
  context: RecordContext,
  at: { name: string; id: string },
): Promise<ListRow> {
  const { policy } = visibleForm(context, at.name)
  for (const deleted of [undefined, 'bin'] as const) {
    if (deleted === 'bin' && !policy.may('delete')) continue
    const answer = await runList(db, {
      model: context.model,
      form: at.name,
      around: context.around,
      visible: deleted ? binVisibilityOf(policy) : visibilityOf(policy),
      targets: visibleTargets(context.model, context.policy),
      where: [{ field: 'id', oneOf: [at.id] }],
      select: [],
      sort: [],
      limit: 1,
      conditions: rowConditions(policy),
      ...(deleted ? { deleted } : {}),
    })
    const row = answer.rows[0]
    if (row) return row
  }
  throw new Refusal('not-found')
}

async function titlesOf(
  db: Connection,
  context: RecordContext,
  form: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const policy = context.policy.form(form)
  const wanted = [...new Set(ids)]
  if (!policy || wanted.length === 0) return new Map()
  const answer = await runList(db, {
    model: context.model,
    form,
    around: context.around,
    visible: visibilityOf(policy),
    targets: visibleTargets(context.model, context.policy),
    where: [{ field: 'id', oneOf: wanted }],
    select: [],
    sort: [],
    limit: wanted.length,
  })
  return new Map(answer.rows.map((row) => [row.record.id, row.record.title]))
}

interface Shown {
  readonly rights: RecordRights
  readonly people: ReadonlyMap<string, string | null>
  readonly links: ShowLinks
}

function presentChange(change: Change, shown: Shown): JsonObject {
  const { rights, people, links } = shown
  const fields: Record<string, Json> = {}
  const tables: Record<string, Json> = {}
  for (const [field, entry] of Object.entries(change.patch)) {
    if ('rows' in entry) {
      const rows = entry.rows.map((row) => ({
        id: row.id,
        before: columns(field, row.before, shown),
        after: columns(field, row.after, shown),
      }))
      if (rows.some((row) => Object.keys(row.before ?? row.after ?? {}).length > 0)) tables[field] = rows
    } else if (rights.reads(field) || field === 'deleted_at')
      fields[field] = { before: links(field, entry.before), after: links(field, entry.after) }
    else if (rights.masks(field)) fields[field] = { before: maskedValue(entry.before), after: maskedValue(entry.after) }
  }
  const by =
    change.actor && people.has(change.actor) ? { id: change.actor, title: people.get(change.actor) ?? null } : null
  return { at: change.at, version: change.version, by, cause: change.cause, fields, tables }
}

function columns(table: string, row: JsonObject | null, { rights, links }: Shown): JsonObject | null {
  if (row === null) return null
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (rights.reads(`${table}.${column}`)) return [[column, links(`${table}.${column}`, value)]]
      return rights.masks(`${table}.${column}`) ? [[column, maskedValue(value)]] : []
    }),
  )
}
