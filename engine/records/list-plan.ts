/** What a list asks for, checked against what the caller may read: view, filter, sort, search, fields. */
import { fieldAt } from '#access/field-set.ts'
import type { FormPolicy } from '#access/policy.ts'
import { mayRead, mayShow, seenModel } from '#access/seen-model.ts'
import { binVisibilityOf, visibilityOf, visibleTargets } from '#access/visibility.ts'
import { isObject, type Json } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Place } from '#expressions/expression.ts'
import { compileForm } from '#expressions/form-program.ts'
import { filterPlace } from '#expressions/places.ts'
import type { ListPlan, Predicate, Selection, SortKey } from '#storage/query-plan.ts'
import { isSearched, isSearchedLink } from '#storage/search-fields.ts'
import type { RecordContext } from './context.ts'
import { decodeCursor } from './cursor.ts'
import { rowConditions } from './present.ts'

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
  const limit = limitOf(query)
  return {
    ...selectionOf(context, policy, query),
    sort,
    limit,
    select: selectedFields(policy, query.fields),
    ...(query.cursor ? { after: decodeCursor(query.cursor, sort.length) } : {}),
    conditions: rowConditions(policy),
  }
}

/** 1–500, default 50. */
export function limitOf(query: Pick<ListQuery, 'limit'>): number {
  const limit = query.limit ?? 50
  if (Number.isInteger(limit) && limit >= 1 && limit <= 500) return limit
  throw new Refusal('query-invalid', {
    issues: [{ pointer: '/limit', code: 'out-of-range', params: { min: 1, max: 500 } }],
  })
}

/** Stored fields that are shown on some record, as far as they are wanted (absent: all) or needed for what is. */
export function selectedFields(policy: FormPolicy, wanted: readonly string[] | undefined): readonly string[] {
  const all = !wanted || needsUnstored(policy.form, wanted)
  return [...policy.form.fields.values()]
    .filter((field) => field.stored && mayShow(policy, field.name) && (all || wanted.includes(field.name)))
    .map((field) => field.name)
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
    .filter((field) => (isSearched(field) || isSearchedLink(field)) && mayRead(policy, field.name))
    .map((field) => field.name)
  return mayRead(policy, 'title') ? ['title', ...marked] : marked
}
