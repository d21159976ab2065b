/** Which types go together: comparing, joining branches, assigning, and what a literal may stand for. */

import { isDate, isDatetime, isTime, parseDuration } from '#base/dates.ts'
import { decimalOf, parseDecimal } from '#base/decimal.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from './expression.ts'
import type { Site } from './node.ts'

const numberTypes: readonly ValueType['is'][] = ['integer', 'decimal', 'duration']
const orderedTypes: readonly ValueType['is'][] = ['integer', 'decimal', 'duration', 'text', 'date', 'time', 'datetime']
const catTypes: readonly ValueType['is'][] = [
  'text',
  'integer',
  'decimal',
  'date',
  'time',
  'datetime',
  'record',
  'any_record',
  'empty',
]

export function isNumber(type: ValueType): boolean {
  return numberTypes.includes(type.is) || type.is === 'empty'
}

/** How people name a type in messages. */
export function describeType(type: ValueType): string {
  if (type.is === 'record') return `record of ${type.form}${type.table === undefined ? '' : `.${type.table}`}`
  return type.is === 'list' ? `list of ${describeType(type.of)}` : type.is
}

/** Reports unless the argument is one of these types; the literal null fits. */
export function needType(site: Site, index: number, ...wanted: readonly ValueType['is'][]): boolean {
  const type = site.args[index]?.type
  if (type === undefined || type.is === 'empty' || wanted.includes(type.is)) return true
  site.report('type-mismatch', { expected: wanted.join(' or '), found: describeType(type) }, index)
  return false
}

export function needNumbers(site: Site): boolean {
  return site.args.map((_, index) => needType(site, index, ...numberTypes)).every(Boolean)
}

export function needBooleans(site: Site): boolean {
  return site.args.map((_, index) => needType(site, index, 'boolean')).every(Boolean)
}

export function needTexts(site: Site): boolean {
  return site.args.map((_, index) => needType(site, index, 'text')).every(Boolean)
}

export function needPrintable(site: Site): boolean {
  return site.args.map((_, index) => needType(site, index, ...catTypes)).every(Boolean)
}

/** The same kind of value on both sides, after literals took the type of the other side. */
export function needComparable(site: Site, ordered: 'ordered' | 'equal'): boolean {
  if (!alignLiteral(site, 0, 1) || !alignLiteral(site, 1, 0)) return false
  const [left, right] = [site.args[0]?.type, site.args[1]?.type]
  if (left === undefined || right === undefined) return false
  if (areComparable(left, right) && (ordered === 'equal' || (isOrdered(left) && isOrdered(right)))) return true
  site.report('not-comparable', { left: describeType(left), right: describeType(right) })
  return false
}

/** One type for all branches, or null after a report. Literals take the type of the first typed branch. */
export function joinTypes(site: Site, indexes: readonly number[]): ValueType | null {
  const model = indexes.find((index) => site.args[index]?.kind !== 'literal') ?? -1
  for (const index of indexes) if (model >= 0 && index !== model && !alignLiteral(site, index, model)) return null
  let joined: ValueType = { is: 'empty' }
  for (const index of indexes) {
    const type = site.args[index]?.type
    const wider: ValueType | null = type === undefined ? null : widen(joined, type)
    if (wider === null && type !== undefined)
      return site.report('types-differ', { expected: describeType(joined), found: describeType(type) }, index)
    if (wider === null) return null
    joined = wider
  }
  return joined
}

/** The type of arithmetic over these: integer while all are, else a decimal with room for every digit. */
export function arithmeticType(types: readonly ValueType[], scaleOf: (scales: readonly number[]) => number): ValueType {
  const numbers = types.filter((type) => type.is !== 'empty')
  if (numbers.every((type) => type.is !== 'decimal')) return { is: 'integer' }
  return { is: 'decimal', scale: scaleOf(numbers.map((type) => (type.is === 'decimal' ? type.scale : 0))) }
}

/** May a value of `from` be stored where `to` is wanted? Numbers round to the scale of the field. */
export function isAssignable(from: ValueType, to: ValueType): boolean {
  if (from.is === 'empty' || to.is === 'empty') return true
  if (numberTypes.includes(from.is) && numberTypes.includes(to.is)) return true
  if (to.is === 'record')
    return from.is === 'text' || (from.is === 'record' && from.form === to.form && from.table === to.table)
  if (to.is === 'list') return from.is === 'list' && isAssignable(from.of, to.of)
  if (to.is === 'any_record') return from.is === 'text' || from.is === 'any_record'
  return from.is === to.is
}

/** A literal as a value of `type`; undefined where it cannot be one. */
export function readLiteral(value: Value, type: ValueType): Value | undefined {
  if (value === null) return null
  if (typeof value !== 'string') return value
  switch (type.is) {
    case 'date':
      return isDate(value) ? value : undefined
    case 'time':
      return isTime(value) ? value : undefined
    case 'datetime':
      return isDatetime(value) ? value : undefined
    case 'duration':
      return parseDuration(value) ?? undefined
    case 'text':
      return type.options === undefined || type.options.includes(value) ? value : undefined
    case 'record':
    case 'any_record':
      return value
    default:
      return undefined
  }
}

/** As `readLiteral`, for a value to be assigned: the decimal text of the wire counts too. */
export function readAssigned(value: Value, type: ValueType): Value | undefined {
  if (typeof value === 'string' && type.is === 'decimal') return parseDecimal(value) ?? undefined
  if (typeof value === 'string' && type.is === 'integer') return undefined
  return typeof value === 'number' && type.is === 'decimal' ? decimalOf(value) : readLiteral(value, type)
}

/** Gives the literal argument the type of the other one; false after a report. */
function alignLiteral(site: Site, index: number, other: number): boolean {
  const [node, type] = [site.args[index], site.args[other]?.type]
  if (node?.kind !== 'literal' || node.type.is !== 'text' || type === undefined || type.is === 'empty') return true
  if (site.args[other]?.kind === 'literal' && type.is === 'text') return true
  const value = readLiteral(node.value, type)
  if (value !== undefined) site.args[index] = { ...node, value, type }
  else if (type.is === 'text')
    site.report('unknown-option', { value: String(node.value), options: type.options ?? [] }, index)
  else site.report('type-mismatch', { expected: describeType(type), found: 'text' }, index)
  return value !== undefined
}

function isOrdered(type: ValueType): boolean {
  return type.is === 'empty' || orderedTypes.includes(type.is)
}

function areComparable(left: ValueType, right: ValueType): boolean {
  if (left.is === 'empty' || right.is === 'empty') return true
  if (left.is === 'list' || left.is === 'opaque' || left.is === 'rows') return false
  if (numberTypes.includes(left.is) && numberTypes.includes(right.is)) return true
  if (left.is === 'record' && right.is === 'record') return left.form === right.form && left.table === right.table
  if (isReference(left) && isReference(right)) return left.is === right.is || left.is === 'text' || right.is === 'text'
  return left.is === right.is
}

function isReference(type: ValueType): boolean {
  return type.is === 'record' || type.is === 'any_record' || type.is === 'text'
}

function widen(left: ValueType, right: ValueType): ValueType | null {
  if (left.is === 'empty') return right
  if (right.is === 'empty') return left
  if (left.is === 'duration' && right.is === 'duration') return left
  if (numberTypes.includes(left.is) && numberTypes.includes(right.is))
    return arithmeticType([left, right], (scales) => Math.max(...scales))
  if (left.is === 'text' && right.is === 'text') return { is: 'text' }
  if (left.is === 'record' && right.is === 'text') return left
  if (left.is === 'text' && right.is === 'record') return right
  if (left.is === 'list' && right.is === 'list') {
    const of = widen(left.of, right.of)
    return of === null ? null : { is: 'list', of }
  }
  return areComparable(left, right) ? left : null
}
