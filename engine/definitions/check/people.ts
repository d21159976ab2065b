/** Selectors of people: exactly one way of naming them, and what it names exists. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FormModel } from '../model.ts'
import { builtInRoles } from '../system/forms.ts'
import { valueTypes } from '../value-type.ts'
import { type Checking, error, expressionIssues, mustExist } from './checking.ts'
import { linkFilterPlace } from './places.ts'
import { findPath } from './resolve.ts'

/** The ways of naming people; `level` and `up_to` go with one of them. */
export const selectorWays = [
  'role',
  'user',
  'field',
  'leader_of',
  'manager_of',
  'managers_of',
  'query',
  'value',
  'starter',
  'decider_of',
  'flow',
] as const

export interface PeoplePlace extends Checking {
  readonly pointer: string
  /** The form of the subject, where there is one. */
  readonly form?: FormModel
  /** Definitions of packs cannot name users: ids do not travel. */
  readonly packed: boolean
}

export function peopleIssues(place: PeoplePlace, people: Json | undefined): readonly Issue[] {
  if (!Array.isArray(people)) return []
  return people.flatMap((selector: Json, index) =>
    isObject(selector) ? selectorIssues({ ...place, pointer: `${place.pointer}/${index}` }, selector) : [],
  )
}

function selectorIssues(place: PeoplePlace, selector: JsonObject): readonly Issue[] {
  const { model, pointer } = place
  if (selectorWays.filter((way) => selector[way] !== undefined).length !== 1)
    return [error(pointer, 'exactly-one', { of: selectorWays.join(', ') })]
  const misplaced = [
    ['level', 'manager_of'],
    ['up_to', 'managers_of'],
  ].filter(([part = '', way = '']) => selector[part] !== undefined && selector[way] === undefined)
  return [
    ...misplaced.map(([property = '', type = '']) =>
      error(`${pointer}/${property}`, 'property-not-for-type', { property, type }),
    ),
    ...mustExist(textOf(selector.role), hasRole(place), { pointer: `${pointer}/role`, code: 'unknown-role' }),
    ...mustExist(textOf(selector.flow), model.flows, { pointer: `${pointer}/flow`, code: 'unknown-flow' }),
    ...(selector.user !== undefined && place.packed ? [error(`${pointer}/user`, 'user-in-pack')] : []),
    ...(['field', 'leader_of', 'manager_of', 'managers_of'] as const).flatMap((way) =>
      personField(place, way, textOf(selector[way])),
    ),
    ...(isObject(selector.up_to) ? selectorIssues({ ...place, pointer: `${pointer}/up_to` }, selector.up_to) : []),
    ...(isObject(selector.query) ? queryIssues(place, selector.query) : []),
  ]
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function hasRole({ model }: Checking): { has(name: string): boolean } {
  return { has: (name) => model.roles.has(name) || (builtInRoles as readonly string[]).includes(name) }
}

function personField({ model, form, pointer }: PeoplePlace, way: string, path: string | undefined): readonly Issue[] {
  if (path === undefined || path.startsWith('$')) return []
  const type = form && findPath(model, form, path)?.type
  if (!type) return [error(`${pointer}/${way}`, 'unknown-field', { name: path })]
  const of = type.is === 'list' ? type.of : type
  const person = of.is === 'record' && (of.form === 'user' || of.form === 'team')
  return person ? [] : [error(`${pointer}/${way}`, 'field-not-person', { name: path })]
}

function queryIssues(place: PeoplePlace, query: JsonObject): readonly Issue[] {
  const pointer = `${place.pointer}/query`
  if (query.form !== 'user') return [error(`${pointer}/form`, 'not-allowed-value', { allowed: 'user' })]
  const users = place.model.forms.get('user')
  const sort = Array.isArray(query.sort) ? query.sort.map((name: Json) => String(name).replace(/^-/, '')) : []
  if (!users) return []
  return [
    ...sort
      .filter((name) => !findPath(place.model, users, name))
      .map((name) => error(`${pointer}/sort`, 'unknown-field', { name })),
    ...expressionIssues(place, query.where, {
      pointer: `${pointer}/where`,
      place: linkFilterPlace(place.model, place.form ?? users, users),
      expected: valueTypes.boolean,
    }),
  ]
}
