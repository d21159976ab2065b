/** Links: their targets, the rows they point at, what they copy; and other options that name fields. */
import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Model, TableModel } from '../model.ts'
import { fieldType } from '../system-fields.ts'
import type { ValueType } from '../value-type.ts'
import { type Check, error, warning } from './checking.ts'
import { type PlacedField, placedFields } from './each-field.ts'
import { findPath, tableOf } from './resolve.ts'

export const checkLinks: Check = ({ model }) =>
  placedFields(model).flatMap((placed) => [
    ...targetIssues(model, placed),
    ...copyIssues(model, placed),
    ...currencyIssues(placed),
    ...sequenceIssues(model, placed),
  ])

function targetIssues(model: Model, { field, form, pointer }: PlacedField): readonly Issue[] {
  const targets = field.kind.linksTo?.(field.definition) ?? []
  const { table, tree, on_delete: onDelete, required } = field.definition
  const issues = targets
    .filter((target) => !model.forms.has(target))
    .map((name) => error(`${pointer}/to`, 'unknown-form', { name }))
  if (targets.length === 0) return issues
  if (typeof table === 'string' && model.forms.has(targets[0] ?? '') && !tableOf(model, targets[0] ?? '', table))
    issues.push(error(`${pointer}/table`, 'unknown-table', { name: table }))
  if (tree === true && targets[0] !== form.name) issues.push(error(`${pointer}/tree`, 'tree-elsewhere'))
  if (onDelete === 'clear' && required === true) issues.push(warning(`${pointer}/on_delete`, 'clear-required'))
  return issues
}

function copyIssues(model: Model, { field, table, pointer }: PlacedField): readonly Issue[] {
  const { copy } = field.definition
  if (!isObject(copy) || field.type.is !== 'record') return []
  const target = tableOf(model, field.type.form, field.type.table)
  return Object.entries(copy).flatMap(([to, from]) =>
    oneCopy({ model, table, target, pointer: `${pointer}/copy/${to}` }, to, from),
  )
}

interface CopyPlace {
  readonly model: Model
  readonly table: TableModel
  readonly target: TableModel | undefined
  readonly pointer: string
}

function oneCopy(place: CopyPlace, to: string, from: Json): readonly Issue[] {
  const own = place.table.fields.get(to)
  if (!own) return [error(place.pointer, 'unknown-field', { name: to })]
  if (own.computed) return [error(place.pointer, 'computed-target', { name: to })]
  const source = place.target && findPath(place.model, place.target, String(from))
  if (place.target && !source) return [error(place.pointer, 'unknown-field', { name: String(from) })]
  return source && !fits(source.type, own.type)
    ? [error(place.pointer, 'copy-type', { from: source.type.is, to: own.type.is })]
    : []
}

/** May a value of one type stand in a field of the other? Decimals are rounded, anything but a number keeps its type. */
export function fits(from: ValueType, to: ValueType): boolean {
  if (from.is === 'empty') return true
  if (from.is === 'integer' && to.is === 'decimal') return true
  if (from.is !== to.is) return false
  if (from.is === 'record' && to.is === 'record') return from.form === to.form && from.table === to.table
  return from.is === 'list' && to.is === 'list' ? fits(from.of, to.of) : true
}

/** A currency is a code, a field beside, or a field of the record around. */
function currencyIssues({ field, table, form, pointer }: PlacedField): readonly Issue[] {
  const { currency } = field.definition
  if (typeof currency !== 'string' || /^[A-Z]{3}$/.test(currency)) return []
  const ofParent = currency.startsWith('$parent.')
  if (ofParent && table.table === undefined) return [error(`${pointer}/currency`, 'not-here', { name: '$parent' })]
  const type = fieldType(ofParent ? form : table, ofParent ? currency.slice('$parent.'.length) : currency)
  if (!type) return [error(`${pointer}/currency`, 'unknown-field', { name: currency })]
  return type.is === 'text' ? [] : [error(`${pointer}/currency`, 'type-mismatch', { expected: 'text', found: type.is })]
}

/** `{company.code}` in the pattern of a sequence, the fields of its scope, the transition it waits for. */
function sequenceIssues(model: Model, { field, table, form, pointer }: PlacedField): readonly Issue[] {
  if (!field.kind.generated) return []
  const { pattern, scope, on } = field.definition
  const paths = [...String(pattern ?? '').matchAll(/\{([a-z][a-z0-9_.]*)\}/g)].map((match) => match[1] ?? '')
  const scoped = Array.isArray(scope) ? scope.map(String) : []
  const transitions = form.lifecycle?.transitions.map((transition) => transition.name) ?? []
  const late = typeof on === 'string' && on !== 'create' && !transitions.includes(on)
  return [
    ...paths
      .filter((path) => !findPath(model, table, path))
      .map((name) => error(`${pointer}/pattern`, 'unknown-field', { name })),
    ...scoped
      .filter((name) => !table.fields.has(name))
      .map((name) => error(`${pointer}/scope`, 'unknown-field', { name })),
    ...(late ? [error(`${pointer}/on`, 'unknown-transition', { name: String(on) })] : []),
  ]
}
