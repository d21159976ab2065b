/** The one read path: list, get, count. Policy is in the query, never applied to the result. */

import { fieldAt } from '#access/field-set.ts'
import type { FormPolicy } from '#access/policy.ts'
import { mayRead, mayShow, seenModel } from '#access/seen-model.ts'
import { binVisibilityOf, visibilityOf, visibleTargets } from '#access/visibility.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Place } from '#expressions/expression.ts'
import { compileForm } from '#expressions/form-program.ts'
import { filterPlace } from '#expressions/places.ts'
import type { Connection } from '#storage/connection.ts'
import { runCount, runList } from '#storage/query.ts'
import type { ListAnswer, ListPlan, Predicate, Selection, SortKey } from '#storage/query-plan.ts'
import { type RecordContext, requireVerb, visibleForm } from './context.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { liveOf, liveOfAll } from './draft.ts'
import { presentRecord, rowConditions } from './present.ts'
import { verbsOn } from './rights.ts'

export interface ListQuery {
  readonly filter?: Json
  /** `-order_date`, `number`. */
  readonly sort?: readonly string[]
  readonly fields?: readonly string[]
  readonly expand?: readonly string[]
  readonly search?: string
  readonly view?: string
  /** 1–500, default 50. */
  readonly limit?: number
  readonly cursor?: string
  readonly count?: 'exact' | 'capped'
  readonly deleted?: 'bin'
}

export interface RecordPage {
  readonly records: readonly JsonObject[]
  readonly next: string | null
  readonly count: number | null
}

/** A capped count stops here. */
const countCap = 10_000

/** A page of records. Refusals: not-found (no grant on the form), forbidden (no read), query-invalid (hidden = unknown). */
export async function listRecords(context: RecordContext, name: string, query: ListQuery): Promise<RecordPage> {
  const { form, policy } = visibleForm(context, name)
  requireVerb(policy, query.deleted === 'bin' ? 'delete' : 'read')
  const plan = planList(context, policy, query)
  const read = readFor(context, query)
  return read(async (db) => {
    const answer = await runList(db, plan)
    const records = await presentRows(db, context, { form, policy, answer, query })
    const cap = query.count === 'exact' ? Number.MAX_SAFE_INTEGER : countCap
    return {
      records,
      next: answer.next && encodeCursor(answer.next),
      count: query.count ? await runCount(db, plan, cap) : null,
    }
  })
}

/** To count all that there is may take long. */
function readFor({ db }: RecordContext, query: ListQuery): RecordContext['db']['read'] {
  return query.count === 'exact' ? (work) => db.readLong(work) : (work) => db.read(work)
}

/** One record with `can`; invisible and missing answer alike. */
export async function getRecord(
  context: RecordContext,
  name: string,
  id: string,
  query: Pick<ListQuery, 'fields' | 'expand'> = {},
): Promise<JsonObject> {
  const { form, policy } = visibleForm(context, name)
  if (!policy.may('read')) throw new Refusal('not-found')
  const plan: ListPlan = { ...planList(context, policy, { ...query, limit: 1 }), where: [{ field: 'id', oneOf: [id] }] }
  return context.db.read(async (db) => {
    const answer = await runList(db, plan)
    const row = answer.rows[0]
    if (!row) throw new Refusal('not-found')
    const live = await liveOf(db, context, row.record, compileForm(context.model, form.name))
    live.recompute()
    const record = presentRecord(row, live, { policy, fields: wantedFields(query), titles: answer.titles })
    const expanded = await expandRows(db, context, { form, records: [record], expand: query.expand ?? [] })
    return { ...expanded[0], can: [...verbsOn(policy, live.scope())] }
  })
}

function wantedFields(query: Pick<ListQuery, 'fields'>): ReadonlySet<string> | null {
  return query.fields ? new Set(query.fields) : null
}

/** The plan of a list: view, filter, sort, fields, all checked against what the caller may read. */
export function planList(context: RecordContext, policy: FormPolicy, query: ListQuery): ListPlan {
  const view = viewOf(context, policy.form, query.view)
  const issues: Issue[] = [...(query.fields ?? []), ...(query.expand ?? [])]
    .filter((field) => !mayName(policy, field))
    .map((field) => ({ pointer: '', code: 'unknown-field', params: { field } }))
  if (issues.length > 0) throw new Refusal('query-invalid', { issues })
  const sort = sortKeys(
    context,
    policy,
    query.sort ?? view?.sort?.filter((key) => isSortable(policy, nameOfKey(key))) ?? [],
  )
  const limit = query.limit ?? 50
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new Refusal('query-invalid', {
      issues: [{ pointer: '/limit', code: 'out-of-range', params: { min: 1, max: 500 } }],
    })
  return {
    ...selectionOf(context, policy, query),
    sort,
    limit,
    select: [...policy.form.fields.values()]
      .filter(
        (field) =>
          field.stored &&
          mayShow(policy, field.name) &&
          (!query.fields || query.fields.includes(field.name) || needsUnstored(policy.form, query.fields)),
      )
      .map((field) => field.name),
    ...(query.cursor ? { after: decodeCursor(query.cursor, sort.length) } : {}),
    conditions: rowConditions(policy),
  }
}

/** Which records: policy, view filter, the caller's own filter, search. */
export function selectionOf(
  context: RecordContext,
  policy: FormPolicy,
  query: Pick<ListQuery, 'filter' | 'search' | 'view' | 'deleted'>,
): Selection {
  const view = viewOf(context, policy.form, query.view)
  const ofView =
    view?.filter === undefined || view.filter === null
      ? []
      : [compileFilter(view.filter, filterPlace(context.model, policy.form))]
  const ofCaller =
    query.filter === undefined || query.filter === null ? [] : [compileFilter(query.filter, seenPlace(context, policy))]
  const text = query.search?.trim()
  return {
    model: context.model,
    form: policy.form.name,
    around: context.around,
    visible: query.deleted === 'bin' ? binVisibilityOf(policy) : visibilityOf(policy),
    targets: visibleTargets(context.model, context.policy),
    where: [...ofView, ...ofCaller],
    ...(text ? { search: { fields: searchFields(policy), text } } : {}),
    ...(query.deleted ? { deleted: query.deleted } : {}),
  }
}

/** The view that a query names; one that the caller may not use is unknown. */
export function viewOf(context: RecordContext, form: FormModel, name: string | undefined) {
  if (name === undefined) return undefined
  const view = context.model.views.get(name)
  if (!view || view.form !== form.name || !mayUseView(context, view.roles))
    throw new Refusal('query-invalid', { issues: [{ pointer: '/view', code: 'unknown-view', params: { view: name } }] })
  return view
}

/** Views without roles are for all who may read the form. */
export function mayUseView(context: RecordContext, roles: readonly string[] | undefined): boolean {
  return !roles || context.policy.admin || roles.some((role) => context.policy.roles.includes(role))
}

/** The caller's filter is checked against the model as the caller sees it: a hidden field is an unknown one, to the byte. */
function seenPlace(context: RecordContext, policy: FormPolicy): Place {
  const model = seenModel(context.model, context.policy)
  return filterPlace(model, model.forms.get(policy.form.name) ?? policy.form)
}

function compileFilter(filter: Json, place: Place): Predicate {
  if (!isObject(filter))
    throw new Refusal('query-invalid', {
      issues: [{ pointer: '/filter', code: 'wrong-type', params: { expected: 'expression' } }],
    })
  const answer = compileExpression(filter, place, { is: 'boolean' })
  if (!answer.ok)
    throw new Refusal('query-invalid', {
      issues: answer.issues.map((issue) => ({ ...issue, pointer: `/filter${issue.pointer}` })),
    })
  return { compiled: answer.value, place }
}

const alwaysNamed = new Set(['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'deleted_at'])

function mayName(policy: FormPolicy, field: string): boolean {
  return (
    alwaysNamed.has(field) ||
    mayRead(policy, field) ||
    [...(fieldAt(policy.form, field)?.table?.fields.keys() ?? [])].some((column) =>
      mayRead(policy, `${field}.${column}`),
    )
  )
}

/** A field computed when read needs the others. */
function needsUnstored(form: FormModel, fields: readonly string[]): boolean {
  return fields.some((name) => form.fields.get(name)?.stored === false)
}

function sortKeys(context: RecordContext, policy: FormPolicy, sort: readonly string[]): SortKey[] {
  return sort.map((key) => {
    const name = nameOfKey(key)
    const field = policy.form.fields.get(name)
    if (!isSortable(policy, name))
      throw new Refusal('query-invalid', {
        issues: [{ pointer: '/sort', code: 'unknown-field', params: { field: name } }],
      })
    const direction = key.startsWith('-') ? ('desc' as const) : ('asc' as const)
    const formula =
      field && !field.stored ? compileForm(context.model, policy.form.name).fields.get(name)?.formula : null
    return formula
      ? { field: name, direction, compiled: { compiled: formula, place: filterPlace(context.model, policy.form) } }
      : { field: name, direction }
  })
}

function nameOfKey(key: string): string {
  return key.startsWith('-') ? key.slice(1) : key
}

/** A caller's key that is not is refused; a view's is passed over: the view is made for others too. */
function isSortable(policy: FormPolicy, name: string): boolean {
  const field = policy.form.fields.get(name)
  if (name.includes('.')) return false
  return field
    ? !field.table && field.type.is !== 'opaque' && field.type.is !== 'list' && mayRead(policy, name)
    : mayName(policy, name)
}

function searchFields(policy: FormPolicy): readonly string[] {
  const marked = [...policy.form.fields.values()]
    .filter(
      (field) =>
        field.definition.search === true && field.type.is === 'text' && field.stored && mayRead(policy, field.name),
    )
    .map((field) => field.name)
  return mayRead(policy, 'title') ? ['title', ...marked] : marked
}

export interface Rows {
  readonly form: FormModel
  readonly policy: FormPolicy
  readonly answer: ListAnswer
  readonly query: ListQuery
}

/** Rows of an answer as records on the wire. */
export async function presentRows(
  db: Connection,
  context: RecordContext,
  { form, policy, answer, query }: Rows,
): Promise<readonly JsonObject[]> {
  const program = compileForm(context.model, form.name)
  const computed = program.order.some((step) => !step.program.field.stored)
  const lives = computed ? await liveOfAll(db, context, { records: answer.rows.map((row) => row.record), program }) : []
  for (const live of lives) live.recompute()
  const records = answer.rows.map((row, index) =>
    presentRecord(row, lives[index] ?? null, { policy, fields: wantedFields(query), titles: answer.titles }),
  )
  return expandRows(db, context, { form, records, expand: query.expand ?? [] })
}

/** Replaces the links of the named fields by the linked records, each under its own policy. */
async function expandRows(
  db: Connection,
  context: RecordContext,
  request: { form: FormModel; records: readonly JsonObject[]; expand: readonly string[] },
): Promise<readonly JsonObject[]> {
  let records = request.records
  for (const name of request.expand) {
    const type = name === 'owner' ? { is: 'record' as const, form: 'user' } : request.form.fields.get(name)?.type
    if (type?.is !== 'record')
      throw new Refusal('query-invalid', {
        issues: [{ pointer: '/expand', code: 'unknown-field', params: { field: name } }],
      })
    const targets = await loadTargets(db, context, {
      form: type.form,
      ids: records.flatMap((record) => linkId(record[name])),
    })
    records = records.map((record) => ({
      ...record,
      [name]: targets.get(linkId(record[name])[0] ?? '') ?? record[name] ?? null,
    }))
  }
  return records
}

function linkId(value: Json | undefined): string[] {
  return isObject(value) && typeof value.id === 'string' ? [value.id] : []
}

async function loadTargets(
  db: Connection,
  context: RecordContext,
  request: { form: string; ids: readonly string[] },
): Promise<ReadonlyMap<string, JsonObject>> {
  const policy = context.policy.form(request.form)
  const ids = [...new Set(request.ids)]
  if (!policy || ids.length === 0) return new Map()
  const plan: ListPlan = {
    ...planList(context, policy, { limit: Math.min(500, ids.length) }),
    where: [{ field: 'id', oneOf: ids }],
  }
  const answer = await runList(db, plan)
  const records = await presentRows(db, context, { form: policy.form, policy, answer, query: {} })
  return new Map(records.map((record) => [String(record.id), record]))
}
