/** Views: form, columns, order, filter, roles, and what each type of view needs. */
import type { Issue } from '#base/problems.ts'
import type { ViewDefinition } from '../definition.ts'
import type { FormModel, Model } from '../model.ts'
import { type ValueType, valueTypes } from '../value-type.ts'
import { type Check, error, expressionIssues, isNumeric, mustAllExist } from './checking.ts'
import { hasRole } from './people.ts'
import { filterPlace } from './places.ts'
import { findPath } from './resolve.ts'

export const checkViews: Check = (checking) =>
  [...checking.model.views.values()].flatMap((view) => {
    const pointer = `/view/${view.name}`
    const form = checking.model.forms.get(view.form)
    const roles = mustAllExist(view.roles, hasRole(checking), { pointer: `${pointer}/roles`, code: 'unknown-role' })
    if (!form) return [...roles, error(`${pointer}/form`, 'unknown-form', { name: view.form })]
    return [
      ...roles,
      ...pathIssues({ model: checking.model, form, pointer }, view),
      ...expressionIssues(checking, view.filter, {
        pointer: `${pointer}/filter`,
        place: filterPlace(checking.model, form),
        expected: valueTypes.boolean,
      }),
      ...typeIssues({ model: checking.model, form, pointer }, view),
    ]
  })

interface ViewPlace {
  readonly model: Model
  readonly form: FormModel
  readonly pointer: string
}

function pathIssues({ model, form, pointer }: ViewPlace, view: ViewDefinition): readonly Issue[] {
  const lists = {
    columns: view.columns,
    sort: view.sort?.map((path) => path.replace(/^-/, '')),
    card: view.card,
    group: view.group ? [view.group] : [],
  }
  return Object.entries(lists).flatMap(([property, paths]) =>
    (paths ?? []).flatMap((path, index) => {
      const at = property === 'group' ? `${pointer}/group` : `${pointer}/${property}/${index}`
      const type = findPath(model, form, path)?.type
      if (!type) return [error(at, 'unknown-field', { name: path })]
      const unsortable = (property === 'sort' || property === 'group') && ['rows', 'opaque', 'list'].includes(type.is)
      return unsortable ? [error(at, 'not-comparable', { name: path })] : []
    }),
  )
}

type Property = keyof ViewDefinition

/** What belongs to one or some types only. */
const ownedBy: Partial<Record<Property, readonly ViewDefinition['type'][]>> = {
  by: ['board'],
  card: ['board'],
  sum: ['board'],
  date: ['calendar', 'timeline'],
  until: ['calendar', 'timeline'],
  parent: ['tree'],
  layout: ['form', 'public'],
  public: ['public'],
  group: ['list'],
}
const needs: Partial<Record<ViewDefinition['type'], readonly Property[]>> = {
  board: ['by'],
  calendar: ['date'],
  timeline: ['date', 'until'],
  tree: ['parent'],
  form: ['layout'],
  public: ['public'],
}

function typeIssues(place: ViewPlace, view: ViewDefinition): readonly Issue[] {
  const { pointer } = place
  const foreign = Object.entries(ownedBy).filter(
    ([property, types]) => view[property as Property] != null && !types.includes(view.type),
  )
  const missing = (needs[view.type] ?? []).filter((property) => view[property] === undefined)
  return [
    ...foreign.map(([property]) =>
      error(`${pointer}/${property}`, 'property-not-for-type', { property, type: view.type }),
    ),
    ...missing.map((property) =>
      error(`${pointer}/${String(property)}`, 'missing-property', { property: String(property) }),
    ),
    ...expectType(place, 'by', {
      name: view.by,
      expected: 'choice',
      fits: (type) => type.is === 'text' && type.options !== undefined,
    }),
    ...expectType(place, 'sum', { name: view.sum, expected: 'number', fits: isNumeric }),
    ...expectType(place, 'date', { name: view.date, expected: 'date', fits: isDay }),
    ...expectType(place, 'until', { name: view.until, expected: 'date', fits: isDay }),
    ...expectType(place, 'parent', {
      name: view.parent,
      expected: 'link',
      fits: (type) => type.is === 'record' && type.form === place.form.name,
    }),
    ...publicIssues(place, view),
  ]
}

function isDay(type: ValueType): boolean {
  return type.is === 'date' || type.is === 'datetime'
}

interface Wanted {
  readonly name: string | undefined
  readonly expected: string
  readonly fits: (type: ValueType) => boolean
}

function expectType({ model, form, pointer }: ViewPlace, property: string, wanted: Wanted): readonly Issue[] {
  if (wanted.name === undefined) return []
  const type = findPath(model, form, wanted.name)?.type
  if (!type) return [error(`${pointer}/${property}`, 'unknown-field', { name: wanted.name })]
  return wanted.fits(type)
    ? []
    : [error(`${pointer}/${property}`, 'type-mismatch', { expected: wanted.expected, found: type.is })]
}

function publicIssues({ form, pointer }: ViewPlace, view: ViewDefinition): readonly Issue[] {
  const fields = view.public?.fields
  return Array.isArray(fields)
    ? mustAllExist(fields.map(String), form.fields, { pointer: `${pointer}/public/fields`, code: 'unknown-field' })
    : []
}
