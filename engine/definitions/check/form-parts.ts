/** What a form says beside its fields: checks, unique groups, ranges, locks and measures name what exists. */
import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { CheckDefinition, MeasureDefinition } from '../definition.ts'
import type { FormModel, Model } from '../model.ts'
import { type Check, error, isNumeric, mustAllExist, mustExist } from './checking.ts'
import { findColumn, findPath, namesOf } from './resolve.ts'

export const checkFormParts: Check = ({ model }) =>
  [...model.forms.values()].flatMap((form) => {
    const pointer = `/form/${form.name}`
    const { checks, measures, locked_when: locked } = form.definition
    return [
      ...(checks ?? []).flatMap((check) => checkIssues(form, check, `${pointer}/checks/${check.name}`)),
      ...uniqueIssues(form, `${pointer}/unique`),
      ...rangeIssues(form, `${pointer}/no_overlap`),
      ...mustAllExist(locked?.except, form.fields, { pointer: `${pointer}/locked_when/except`, code: 'unknown-field' }),
      ...(measures ?? []).flatMap((measure) =>
        measureIssues({ model, form }, measure, `${pointer}/measures/${measure.name}`),
      ),
    ]
  })

function checkIssues(form: FormModel, check: CheckDefinition, pointer: string): readonly Issue[] {
  const transitions = new Set(form.lifecycle?.transitions.map((transition) => transition.name))
  return [
    ...(check.at !== undefined && !findColumn(form, check.at)
      ? [error(`${pointer}/at`, 'unknown-field', { name: check.at })]
      : []),
    ...mustAllExist(check.on, transitions, { pointer: `${pointer}/on`, code: 'unknown-transition' }),
  ]
}

function uniqueIssues(form: FormModel, pointer: string): readonly Issue[] {
  return (form.definition.unique ?? []).flatMap((group, index) =>
    group.flatMap((name, at) => {
      const found = findColumn(form, name)
      const place = `${pointer}/${index}/${at}`
      if (!found) return [error(place, 'unknown-field', { name })]
      const wrong = ['rows', 'list', 'opaque'].includes(found.type.is) || found.field?.stored === false
      return wrong ? [error(place, 'not-comparable', { name })] : []
    }),
  )
}

function rangeIssues(form: FormModel, pointer: string): readonly Issue[] {
  return (form.definition.no_overlap ?? []).flatMap((range) => {
    const at = `${pointer}/${range.name}`
    const ends = (['from', 'to'] as const).flatMap((end) => {
      const type = findColumn(form, range[end])?.type
      if (!type) return [error(`${at}/${end}`, 'unknown-field', { name: range[end] })]
      return type.is === 'date' || type.is === 'datetime'
        ? []
        : [error(`${at}/${end}`, 'type-mismatch', { expected: 'date', found: type.is })]
    })
    return [...mustAllExist(range.keys, namesOf(form), { pointer: `${at}/keys`, code: 'unknown-field' }), ...ends]
  })
}

interface OfForm {
  readonly model: Model
  readonly form: FormModel
}

function measureIssues({ model, form }: OfForm, measure: MeasureDefinition, pointer: string): readonly Issue[] {
  if ((measure.agg === undefined) === (measure.calc === undefined))
    return [error(pointer, 'exactly-one', { of: 'agg, calc' })]
  if (measure.calc !== undefined) return calcIssues(form, measure, pointer)
  if (measure.of === undefined)
    return measure.agg === 'count' ? [] : [error(`${pointer}/of`, 'missing-property', { property: 'of' })]
  const type = (findColumn(form, measure.of) ?? findPath(model, form, measure.of))?.type
  if (!type) return [error(`${pointer}/of`, 'unknown-field', { name: measure.of })]
  const needsNumber = ['sum', 'avg', 'median', 'percentile'].includes(measure.agg ?? '')
  return needsNumber && !isNumeric(type) && type.is !== 'duration'
    ? [error(`${pointer}/of`, 'type-mismatch', { expected: 'number', found: type.is })]
    : []
}

/** A `calc` combines measures of the same form, and never itself. */
function calcIssues(form: FormModel, measure: MeasureDefinition, pointer: string): readonly Issue[] {
  const measures = new Map((form.definition.measures ?? []).map((other) => [other.name, other]))
  const named = measuresIn(measure.calc ?? null)
  const missing = named.flatMap((name) =>
    mustExist(name, measures, { pointer: `${pointer}/calc`, code: 'unknown-measure' }),
  )
  const own =
    measure.of === undefined ? [] : [error(`${pointer}/of`, 'property-not-for-type', { property: 'of', type: 'calc' })]
  return [
    ...missing,
    ...own,
    ...(reaches(measures, named, measure.name)
      ? [error(`${pointer}/calc`, 'formula-cycle', { path: `${measure.name} → ${named.join(', ')} → ${measure.name}` })]
      : []),
  ]
}

function measuresIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => measuresIn(item))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'measure' && typeof child === 'string' ? [child] : measuresIn(child),
  )
}

function reaches(measures: ReadonlyMap<string, MeasureDefinition>, from: readonly string[], goal: string): boolean {
  const seen = new Set<string>()
  const waiting = [...from]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name === goal) return true
    if (!seen.has(name)) waiting.push(...measuresIn(measures.get(name)?.calc ?? null))
    seen.add(name)
  }
  return false
}
