/** Effects and deadlines of lifecycles and flows: exactly one verb each, and what they name exists. Their expressions are judged by the workflow layer. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { error, mustAllExist, mustExist } from './checking.ts'
import { deadlineActions, effectVerbs } from './effect-verbs.ts'
import { type PeoplePlace, peopleIssues } from './people.ts'
import { findPath } from './resolve.ts'

export function effectIssues(place: PeoplePlace, effects: Json | undefined): readonly Issue[] {
  if (!Array.isArray(effects)) return []
  return effects.flatMap((effect: Json) =>
    isObject(effect) ? oneEffect({ ...place, pointer: `${place.pointer}/${effect.name}` }, effect) : [],
  )
}

function oneEffect(place: PeoplePlace, effect: JsonObject): readonly Issue[] {
  const { model, form, pointer } = place
  const verbs = Object.keys(effectVerbs).filter((verb) => effect[verb] !== undefined)
  const [verb] = verbs
  if (verb === undefined || verbs.length > 1)
    return [error(pointer, 'exactly-one', { of: Object.keys(effectVerbs).join(', ') })]
  const at = (property: string, code: string) => ({ pointer: `${pointer}/${property}`, code })
  const text = (property: string) => (typeof effect[property] === 'string' ? (effect[property] as string) : undefined)
  return [
    ...foreignIssues(effect, { allowed: ['name', 'when', verb, ...(effectVerbs[verb] ?? [])], type: verb, pointer }),
    ...(['create', 'update', 'delete', 'query', 'form'] as const).flatMap((verb) =>
      mustExist(text(verb), model.forms, at(verb, 'unknown-form')),
    ),
    ...fieldNames(effect.set).flatMap((name) =>
      mustExist(name, form?.fields ?? new Map(), at(`set/${name}`, 'unknown-field')),
    ),
    ...valueNames(place, effect),
    ...mustExist(text('start'), model.flows, at('start', 'unknown-flow')),
    ...mustAllExist(
      effect.cancel_flows as readonly string[] | undefined,
      model.flows,
      at('cancel_flows', 'unknown-flow'),
    ),
    ...mustExist(text('print'), model.prints, at('print', 'unknown-print')),
    ...firedTransition(place, effect),
    ...(['notify', 'mail'] as const).flatMap((verb) =>
      peopleIssues({ ...place, pointer: `${pointer}/${verb}` }, effect[verb]),
    ),
    ...placeholderIssues(effect, pointer),
    ...(isObject(effect.each) ? eachIssues({ ...place, pointer: `${pointer}/each` }, effect.each) : []),
  ]
}

interface Allowed {
  readonly allowed: readonly string[]
  readonly type: string
  readonly pointer: string
}

/** Properties that belong to another verb, action or mode. */
export function foreignIssues(holder: JsonObject, { allowed, type, pointer }: Allowed): readonly Issue[] {
  return Object.keys(holder)
    .filter((property) => !allowed.includes(property))
    .map((property) => error(`${pointer}/${property}`, 'property-not-for-type', { property, type }))
}

function valueNames({ model, pointer }: PeoplePlace, effect: JsonObject): readonly Issue[] {
  const target = model.forms.get(String(effect.create ?? effect.update ?? ''))
  if (!target) return []
  const rows = Array.isArray(effect.rows) ? effect.rows.filter(isObject) : []
  return [
    ...fieldNames(effect.values).flatMap((name) =>
      mustExist(name, target.fields, { pointer: `${pointer}/values/${name}`, code: 'unknown-field' }),
    ),
    ...rows.flatMap((row, index) => {
      const table = target.fields.get(String(row.table))?.table
      if (!table) return [error(`${pointer}/rows/${index}/table`, 'unknown-table', { name: String(row.table) })]
      return fieldNames(row.values).flatMap((name) =>
        mustExist(name, table.fields, { pointer: `${pointer}/rows/${index}/values/${name}`, code: 'unknown-field' }),
      )
    }),
  ]
}

function fieldNames(values: Json | undefined): readonly string[] {
  return isObject(values) ? Object.keys(values) : []
}

function firedTransition({ model, form, pointer }: PeoplePlace, effect: JsonObject): readonly Issue[] {
  if (typeof effect.fire !== 'string') return []
  const target = typeof effect.form === 'string' ? model.forms.get(effect.form) : form
  const transitions = new Set(target?.lifecycle?.transitions.map((transition) => transition.name))
  return target ? mustExist(effect.fire, transitions, { pointer: `${pointer}/fire`, code: 'unknown-transition' }) : []
}

function eachIssues(place: PeoplePlace, each: JsonObject): readonly Issue[] {
  const { model, form, pointer } = place
  if ((each.over === undefined) === (each.form === undefined))
    return [error(pointer, 'exactly-one', { of: 'over, form' })]
  const rows =
    typeof each.over === 'string' && form && !form.fields.get(each.over)?.table
      ? [error(`${pointer}/over`, 'unknown-table', { name: each.over })]
      : []
  const other =
    typeof each.form === 'string'
      ? mustExist(each.form, model.forms, { pointer: `${pointer}/form`, code: 'unknown-form' })
      : []
  const target = typeof each.form === 'string' ? model.forms.get(each.form) : undefined
  const { form: _subject, ...rest } = place
  return [
    ...rows,
    ...other,
    ...effectIssues(
      { ...rest, ...(target ? { form: target } : form ? { form } : {}), pointer: `${pointer}/do` },
      each.do,
    ),
  ]
}

/** A placeholder without a value, or a value without one. */
export function placeholderIssues(holder: JsonObject, pointer: string): readonly Issue[] {
  const texts = [holder.text, holder.subject].filter((text) => text !== undefined)
  if (texts.length === 0) return []
  const wanted = new Set(
    texts
      .flatMap((text) => (isObject(text) ? Object.values(text) : [text ?? '']))
      .flatMap((text) => [...String(text).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')),
  )
  const given = new Set(fieldNames(holder.with))
  return [
    ...[...wanted]
      .filter((name) => !given.has(name))
      .map((name) => error(`${pointer}/text`, 'placeholder-without-value', { name })),
    ...[...given]
      .filter((name) => !wanted.has(name))
      .map((name) => error(`${pointer}/with/${name}`, 'value-without-placeholder', { name })),
  ]
}

export function deadlineIssues(place: PeoplePlace, deadlines: Json | undefined): readonly Issue[] {
  if (!Array.isArray(deadlines)) return []
  return deadlines.filter(isObject).flatMap((deadline) => {
    const pointer = `${place.pointer}/${deadline.name}`
    const once = (deadline.after === undefined) === (deadline.at === undefined)
    const to = Array.isArray(deadline.to) ? peopleIssues({ ...place, pointer: `${pointer}/to` }, deadline.to) : []
    const action = typeof deadline.action === 'string' ? deadline.action : 'effects'
    return [
      ...foreignIssues(deadline, {
        allowed: ['name', 'after', 'at', 'calendar', 'action', ...(deadlineActions[action] ?? [])],
        type: action,
        pointer,
      }),
      ...(once ? [error(pointer, 'exactly-one', { of: 'after, at' })] : []),
      ...(isObject(deadline.at) ? instantIssues(place, deadline.at, `${pointer}/at`) : []),
      ...mustExist(deadline.calendar as string | undefined, place.model.calendars, {
        pointer: `${pointer}/calendar`,
        code: 'unknown-calendar',
      }),
      ...to,
      ...effectIssues({ ...place, pointer: `${pointer}/do` }, deadline.do),
    ]
  })
}

/** `{ field, offset }` follows a date of the subject. */
export function instantIssues({ model, form }: PeoplePlace, instant: JsonObject, pointer: string): readonly Issue[] {
  const type = form && findPath(model, form, String(instant.field))?.type
  if (!type) return [error(`${pointer}/field`, 'unknown-field', { name: String(instant.field) })]
  return type.is === 'date' || type.is === 'datetime'
    ? []
    : [error(`${pointer}/field`, 'type-mismatch', { expected: 'date', found: type.is })]
}
