/** Counts and sums by policy: the read path with groups. */

import type { FormPolicy } from '#access/policy.ts'
import { mayRead } from '#access/seen-model.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import { compileForm } from '#expressions/form-program.ts'
import { filterPlace } from '#expressions/places.ts'
import { runAggregate } from '#storage/query.ts'
import type { GroupKey, Measure } from '#storage/query-plan.ts'
import { type RecordContext, requireVerb, visibleForm } from './context.ts'
import { selectionOf } from './list-plan.ts'
import { presentValue } from './present.ts'

export interface AggregateQuery {
  /** `state`, or `order_date:month`. */
  readonly group?: readonly string[]
  /** `{op, field}` or the name of a measure of the form. Default: count alone. */
  readonly measures?: readonly Json[]
  readonly filter?: Json
  readonly search?: string
  readonly view?: string
}

/** Groups above this are cut and `truncated` says so. */
const mostGroups = 1000
const buckets = ['day', 'week', 'month', 'quarter', 'year'] as const
const operators = ['count', 'sum', 'avg', 'min', 'max', 'distinct'] as const

/** `{rows: [{state, sum_total, count}], truncated}`. Refusals as in a list. */
export async function aggregateRecords(
  context: RecordContext,
  name: string,
  query: AggregateQuery,
): Promise<JsonObject> {
  const { policy } = visibleForm(context, name)
  requireVerb(policy, 'read')
  const group = (query.group ?? []).map((key, index) => groupKey(context, policy, { key, index }))
  const measures = measuresOf(context, policy, query.measures ?? [])
  const plan = { ...selectionOf(context, policy, query), group, measures, limit: mostGroups + 1 }
  const answer = await context.db.readLong((db) => runAggregate(db, plan), context.actor.id)
  const rows = answer.rows.slice(0, mostGroups).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => {
        const field = group.some((each) => each.field === key && !each.bucket) ? policy.form.fields.get(key) : undefined
        if (key === 'owner' && typeof value === 'string')
          return [key, { id: value, title: answer.titles.get('user')?.get(value) ?? null }]
        return [key, field ? presentValue(field, value, answer.titles) : value]
      }),
    ),
  )
  return { rows, truncated: answer.rows.length > mostGroups }
}

function groupKey(context: RecordContext, policy: FormPolicy, at: { key: string; index: number }): GroupKey {
  const [field, bucket] = at.key.split(':') as [string, string | undefined]
  const model = policy.form.fields.get(field)
  const groupable = model
    ? !model.table && model.type.is !== 'opaque' && model.type.is !== 'list' && mayRead(policy, field)
    : ['state', 'owner', 'created_at', 'updated_at'].includes(field) &&
      (mayRead(policy, field) || field.endsWith('_at'))
  if (!groupable) throw refused(`/group/${at.index}`, field)
  if (bucket !== undefined && !buckets.some((each) => each === bucket))
    throw new Refusal('query-invalid', {
      issues: [{ pointer: `/group/${at.index}`, code: 'not-an-option', params: { options: [...buckets] } }],
    })
  return {
    field,
    ...(bucket ? { bucket: bucket as (typeof buckets)[number] } : {}),
    ...computed(context, policy, field),
  }
}

function measuresOf(context: RecordContext, policy: FormPolicy, wanted: readonly Json[]): Measure[] {
  const measures = wanted.map((measure, index) => measureOf(context, policy, { measure, index }))
  return measures.some((measure) => measure.name === 'count') ? measures : [...measures, { name: 'count', op: 'count' }]
}

function measureOf(context: RecordContext, policy: FormPolicy, at: { measure: Json; index: number }): Measure {
  const declared =
    typeof at.measure === 'string'
      ? policy.form.definition.measures?.find(
          (each) => each.name === at.measure && (!each.of || mayRead(policy, each.of)),
        )
      : undefined
  const op = declared?.agg ?? (isObject(at.measure) ? at.measure.op : undefined)
  const field = declared?.of ?? (isObject(at.measure) ? at.measure.field : undefined)
  if (!operators.some((each) => each === op))
    throw new Refusal('query-invalid', {
      issues: [{ pointer: `/measures/${at.index}`, code: 'not-an-option', params: { options: [...operators] } }],
    })
  const operator = op as Measure['op']
  if (operator === 'count') return { name: declared?.name ?? 'count', op: 'count' }
  if (typeof field !== 'string' || !mayRead(policy, field) || !fits(policy, field, operator))
    throw refused(`/measures/${at.index}`, String(field))
  return { name: declared?.name ?? `${operator}_${field}`, op: operator, field, ...computed(context, policy, field) }
}

function fits(policy: FormPolicy, field: string, op: Measure['op']): boolean {
  const type = policy.form.fields.get(field)?.type.is
  if (op === 'sum' || op === 'avg') return type === 'integer' || type === 'decimal' || type === 'duration'
  return type !== undefined && type !== 'rows' && type !== 'opaque' && type !== 'list'
}

function computed(context: RecordContext, policy: FormPolicy, field: string) {
  const program = compileForm(context.model, policy.form.name).fields.get(field)
  if (!program?.formula || program.field.stored) return {}
  return { compiled: { compiled: program.formula, place: filterPlace(context.model, policy.form) } }
}

function refused(pointer: string, field: string): Refusal {
  const issues: Issue[] = [{ pointer, code: 'unknown-field', params: { field } }]
  return new Refusal('query-invalid', { issues })
}
