/** Reports: form, dimensions, measures, targets and what is drawn exist. Their `where` is judged by the report layer, which knows parameters. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { ReportDefinition } from '../definition.ts'
import type { FormModel, Model } from '../model.ts'
import { type Check, error, mustAllExist, mustExist } from './checking.ts'
import { hasRole } from './people.ts'
import { findPath } from './resolve.ts'

export const checkReports: Check = (checking) =>
  [...checking.model.reports.values()].flatMap((report) => {
    const pointer = `/report/${report.name}`
    const form = checking.model.forms.get(report.form)
    if (!form) return [error(`${pointer}/form`, 'unknown-form', { name: report.form })]
    const place = { model: checking.model, form, pointer }
    return [
      ...mustAllExist(report.roles as Names, hasRole(checking), { pointer: `${pointer}/roles`, code: 'unknown-role' }),
      ...sourceIssues(place, report),
      ...pathIssues(place, report),
      ...figureIssues(place, report),
      ...targetIssues(place, report),
      ...funnelIssues(place, report),
      ...paramIssues(checking.model, report.params, `${pointer}/params`),
    ]
  })

type Names = readonly string[] | undefined

interface ReportPlace {
  readonly model: Model
  readonly form: FormModel
  readonly pointer: string
}

function objects(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : []
}

function sourceIssues({ form, pointer }: ReportPlace, report: ReportDefinition): readonly Issue[] {
  const { source, table } = report
  if (source === 'rows')
    return form.fields.get(String(table))?.table
      ? []
      : [error(`${pointer}/table`, 'unknown-table', { name: String(table ?? '') })]
  const stray =
    table === undefined
      ? []
      : [error(`${pointer}/table`, 'property-not-for-type', { property: 'table', type: String(source ?? 'records') })]
  const stateless =
    source === 'state_history' && !form.lifecycle
      ? [error(`${pointer}/source`, 'no-lifecycle', { name: form.name })]
      : []
  return [...stray, ...stateless]
}

function pathIssues({ model, form, pointer }: ReportPlace, report: ReportDefinition): readonly Issue[] {
  const dimensions = (['rows', 'columns'] as const).flatMap((side) =>
    objects(report[side]).map((one) => ({
      path: String(one.path),
      at: `${side}/${one.name}/path`,
      bucket: one.bucket,
    })),
  )
  const cohort = objects([report.cohort ?? null]).map((one) => ({
    path: String(one.path),
    at: 'cohort/path',
    bucket: one.bucket,
  }))
  const drill = isObject(report.drill) ? report.drill : {}
  const drilled = (['columns', 'sort'] as const).flatMap((list) =>
    texts(drill[list]).map((path, index) => ({
      path: path.replace(/^-/, ''),
      at: `drill/${list}/${index}`,
      bucket: undefined,
    })),
  )
  return [...dimensions, ...cohort, ...drilled].flatMap(({ path, at, bucket }) => {
    const type = findPath(model, form, path)?.type
    if (!type) return [error(`${pointer}/${at}`, 'unknown-field', { name: path })]
    const isTime = type.is === 'date' || type.is === 'datetime'
    return bucket !== undefined && !isTime
      ? [error(`${pointer}/${at}`, 'type-mismatch', { expected: 'date', found: type.is })]
      : []
  })
}

function texts(list: Json | undefined): readonly string[] {
  return Array.isArray(list) ? list.map(String) : []
}

/** Measures of the form, derived figures, dimensions: what `values`, `derive`, `sort` and `show` may name. */
function figureIssues({ form, pointer }: ReportPlace, report: ReportDefinition): readonly Issue[] {
  const measures = new Set((form.definition.measures ?? []).map((measure) => measure.name))
  const derived = objects(report.derive)
  const figures = new Set([...measures, ...derived.map((one) => String(one.name))])
  const dimensions = new Set([...objects(report.rows), ...objects(report.columns)].map((one) => String(one.name)))
  const either = new Set([...figures, ...dimensions])
  const show = isObject(report.show) ? report.show : {}
  const drawn = typeof show.y === 'string' ? [show.y] : texts(show.y)
  return [
    ...mustAllExist(texts(report.values), measures, { pointer: `${pointer}/values`, code: 'unknown-measure' }),
    ...mustAllExist(
      texts(report.sort).map((name) => name.replace(/^-/, '')),
      either,
      { pointer: `${pointer}/sort`, code: 'unknown-measure' },
    ),
    ...mustAllExist([...drawn, ...texts(show.line)], figures, { pointer: `${pointer}/show`, code: 'unknown-measure' }),
    ...(['x', 'stack'] as const).flatMap((axis) =>
      mustExist(show[axis] as string | undefined, dimensions, {
        pointer: `${pointer}/show/${axis}`,
        code: 'unknown-dimension',
      }),
    ),
    ...derived.flatMap((one) => derivedIssues(one, { measures, dimensions, pointer: `${pointer}/derive/${one.name}` })),
  ]
}

interface Known {
  readonly measures: ReadonlySet<string>
  readonly dimensions: ReadonlySet<string>
  readonly pointer: string
}

function derivedIssues(derived: JsonObject, { measures, dimensions, pointer }: Known): readonly Issue[] {
  if ((derived.running === undefined) === (derived.compare === undefined))
    return [error(pointer, 'exactly-one', { of: 'running, compare' })]
  return [
    ...mustExist((derived.running ?? derived.compare) as string, measures, {
      pointer: `${pointer}/${derived.running === undefined ? 'compare' : 'running'}`,
      code: 'unknown-measure',
    }),
    ...mustExist(derived.along as string | undefined, dimensions, {
      pointer: `${pointer}/along`,
      code: 'unknown-dimension',
    }),
    ...(derived.compare !== undefined && derived.shift === undefined
      ? [error(`${pointer}/shift`, 'missing-property', { property: 'shift' })]
      : []),
  ]
}

function targetIssues({ model, pointer }: ReportPlace, report: ReportDefinition): readonly Issue[] {
  if (!isObject(report.target)) return []
  const { form: name, match, value } = report.target
  const target = model.forms.get(String(name))
  if (!target) return [error(`${pointer}/target/form`, 'unknown-form', { name: String(name) })]
  const dimensions = new Set([...objects(report.rows), ...objects(report.columns)].map((one) => String(one.name)))
  const pairs = isObject(match) ? Object.entries(match) : []
  return [
    ...mustExist(String(value), target.fields, { pointer: `${pointer}/target/value`, code: 'unknown-field' }),
    ...pairs.flatMap(([dimension, path]) => [
      ...mustExist(dimension, dimensions, {
        pointer: `${pointer}/target/match/${dimension}`,
        code: 'unknown-dimension',
      }),
      ...(findPath(model, target, String(path))
        ? []
        : [error(`${pointer}/target/match/${dimension}`, 'unknown-field', { name: String(path) })]),
    ]),
  ]
}

function funnelIssues({ form, pointer }: ReportPlace, report: ReportDefinition): readonly Issue[] {
  if (!isObject(report.funnel)) return []
  const states = new Set(form.lifecycle?.states.map((state) => state.name))
  const figures = new Set(['count', 'median_days', ...(form.definition.measures ?? []).map((measure) => measure.name)])
  return [
    ...mustAllExist(texts(report.funnel.steps), states, { pointer: `${pointer}/funnel/steps`, code: 'unknown-state' }),
    ...mustAllExist(texts(report.funnel.values), figures, {
      pointer: `${pointer}/funnel/values`,
      code: 'unknown-measure',
    }),
  ]
}

/** Parameters of reports, filters of dashboards: a kind of field, or a period. */
export function paramIssues(model: Model, params: Json | undefined, pointer: string): readonly Issue[] {
  return objects(params).flatMap((param) => {
    const at = `${pointer}/${param.name}`
    const known = { has: (name: string) => name === 'date_range' || model.kinds.has(name) }
    const target =
      param.type === 'link' && param.to === undefined ? [error(`${at}/to`, 'missing-property', { property: 'to' })] : []
    return [
      ...mustExist(String(param.type), known, { pointer: `${at}/type`, code: 'unknown-kind' }),
      ...mustExist(param.to as string | undefined, model.forms, { pointer: `${at}/to`, code: 'unknown-form' }),
      ...target,
    ]
  })
}
