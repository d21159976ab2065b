/** The orders that lists are read in, as columns of an index each: what views sort by, behind what their filters and the row rules fix. */
import { isObject, type Json } from '#base/json.ts'
import type { ViewDefinition } from '#definitions/definition.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import { hasColumn } from './columns.ts'

/** `-score` runs downwards; only where a list mixes its directions. */
export type IndexedOrder = readonly string[]

/** More than this of one form would cost each write too much. */
const mostOrders = 24
const system = new Set(['title', 'owner', 'created_at', 'updated_at'])

const known = new WeakMap<Model, ReadonlyMap<string, readonly IndexedOrder[]>>()

/** By form; forms that ask for nothing are absent. */
export function orderNeeds(model: Model): ReadonlyMap<string, readonly IndexedOrder[]> {
  const found = known.get(model) ?? findNeeds(model)
  known.set(model, found)
  return found
}

function findNeeds(model: Model): ReadonlyMap<string, readonly IndexedOrder[]> {
  const needs = new Map<string, Map<string, IndexedOrder>>()
  const note = (form: string, order: IndexedOrder) => {
    const orders = needs.get(form) ?? new Map<string, IndexedOrder>()
    if (order.length > 0 && orders.size < mostOrders) needs.set(form, orders.set(order.join(), order))
  }
  const rules = rulesByForm(model)
  for (const view of model.views.values()) {
    const form = model.forms.get(view.form)
    if (form) for (const order of ordersOfView(form, view, rules.get(form.name) ?? [])) note(form.name, order)
  }
  for (const [name, fixed] of rules) {
    const form = model.forms.get(name)
    if (form) for (const order of ordersOfRules(form, fixed)) note(name, order)
  }
  return new Map([...needs].map(([form, orders]) => [form, [...orders.values()]]))
}

type Columns = readonly string[]

/** What row rules fix: the columns that must equal something of the caller. */
function rulesByForm(model: Model): ReadonlyMap<string, readonly Columns[]> {
  const found = new Map<string, Map<string, Columns>>()
  for (const role of model.roles.values()) {
    for (const { form: name, can, where } of role.grants) {
      const form = model.forms.get(name)
      if (!form || where === undefined || where === true || !(can.includes('read') || can.includes('*'))) continue
      const columns = fixedColumns(form, where)
      const sets = found.get(name) ?? new Map<string, Columns>()
      if (columns.length > 0) found.set(name, sets.set(columns.join(), columns))
    }
  }
  return new Map([...found].map(([form, sets]) => [form, [...sets.values()]]))
}

/** Alone, behind its filter, and behind each rule. */
function ordersOfView(form: FormModel, view: ViewDefinition, rules: readonly Columns[]): readonly IndexedOrder[] {
  const sort = sortOf(form, view)
  if (sort === null) return []
  const parent = view.parent ? [view.parent] : []
  const filtered = [...parent, ...fixedColumns(form, view.filter ?? null)]
  return [[], filtered, ...rules].map((fixed) => orderOf(fixed, sort))
}

/** Times that asked for an index are what people sort by: behind each rule, too. */
function ordersOfRules(form: FormModel, rules: readonly Columns[]): readonly IndexedOrder[] {
  const times = [...form.fields.values()].filter(
    ({ definition, type, name }) =>
      definition.index === true && (type.is === 'date' || type.is === 'datetime') && isSortable(form, name),
  )
  return rules.flatMap((rule) => [orderOf(rule, []), ...times.map((field) => orderOf(rule, [field.name]))])
}

/** A list in one direction reads an index forwards or backwards. */
function orderOf(fixed: Columns, sort: Columns): IndexedOrder {
  const heads = [...new Set(fixed)]
  const keys = sort.filter((key) => !heads.includes(nameOf(key)))
  const isMixed = keys.some((key) => key.startsWith('-')) && !keys.every((key) => key.startsWith('-'))
  return [...heads, ...(isMixed ? keys : keys.map(nameOf))]
}

/** null: links sort by the titles of their targets, which no index of the form holds. */
function sortOf(form: FormModel, view: ViewDefinition): Columns | null {
  const keys = view.sort ?? (view.date ? [view.date] : [])
  return keys.every((key) => isSortable(form, nameOf(key))) ? keys : null
}

function nameOf(key: string): string {
  return key.startsWith('-') ? key.slice(1) : key
}

function isSortable(form: FormModel, name: string): boolean {
  const field = form.fields.get(name)
  if (!field) return system.has(name) && name !== 'owner'
  const { is } = field.type
  return hasColumn(field) && is !== 'record' && is !== 'any_record' && is !== 'list' && is !== 'opaque'
}

/** Own columns that a condition sets equal to something else than the record. */
function fixedColumns(form: FormModel, condition: Json): Columns {
  if (!isObject(condition)) return []
  if (Array.isArray(condition['and'])) return condition['and'].flatMap((one) => fixedColumns(form, one))
  const sides = condition['==']
  if (!Array.isArray(sides) || sides.length !== 2) return []
  const [left, right] = sides.map((side) => ownColumn(form, side))
  if (left !== null && right !== null) return []
  return [left ?? right ?? []].flat()
}

function ownColumn(form: FormModel, side: Json): string | null {
  const path = isObject(side) ? side['var'] : null
  if (typeof path !== 'string') return null
  const field = form.fields.get(path)
  if (field) return hasColumn(field) && field.type.is !== 'list' && field.type.is !== 'opaque' ? path : null
  return path === 'owner' || path === 'state' ? path : null
}
