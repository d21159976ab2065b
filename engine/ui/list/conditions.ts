/** Conditions of the filter builder ⇄ JSON Logic; what the builder cannot show stays as it is. Law: `readFilter(writeFilter(f))` = `f`. */
import type { Json, JsonObject } from '#base/json.ts'
import { isObject } from '#base/json.ts'

export const conditionOperators = [
  'is',
  'is_not',
  'contains',
  'starts',
  'less',
  'at_most',
  'more',
  'at_least',
  'has',
  'is_true',
  'is_false',
  'mine',
  'last_days',
  'next_days',
  'empty',
  'not_empty',
] as const
export type ConditionOperator = (typeof conditionOperators)[number]

export interface Condition {
  readonly field: string
  readonly operator: ConditionOperator
  readonly value?: Json
}
export interface Filter {
  readonly match: 'all' | 'any'
  readonly conditions: readonly Condition[]
}

/** True for an operator that needs no value. */
export function isComplete(condition: Condition): boolean {
  return (
    valueless.has(condition.operator) ||
    (condition.value !== undefined && condition.value !== null && condition.value !== '')
  )
}

const valueless: ReadonlySet<ConditionOperator> = new Set(['is_true', 'is_false', 'mine', 'empty', 'not_empty'])
const compare: Partial<Record<ConditionOperator, string>> = {
  is: '==',
  is_not: '!=',
  less: '<',
  at_most: '<=',
  more: '>',
  at_least: '>=',
  contains: 'contains',
  starts: 'starts_with',
}

/** The filter as JSON Logic; null when nothing is asked. */
export function writeFilter(filter: Filter): Json {
  const parts = filter.conditions.filter(isComplete).map(writeCondition)
  if (parts.length === 0) return null
  return parts.length === 1 ? (parts[0] as Json) : { [filter.match === 'all' ? 'and' : 'or']: parts }
}

function writeCondition({ field, operator, value = null }: Condition): JsonObject {
  const read = { var: field }
  const plain = compare[operator]
  if (plain) return { [plain]: [read, value] }
  switch (operator) {
    case 'has':
      return { in: [value, read] }
    case 'is_true':
      return { '==': [read, true] }
    case 'is_false':
      return { '!=': [read, true] }
    case 'mine':
      return { '==': [read, { var: '$user.id' }] }
    case 'last_days':
      return { and: [{ '>=': [read, daysFromToday(-Number(value))] }, { '<=': [read, { today: [] }] }] }
    case 'next_days':
      return { and: [{ '>=': [read, { today: [] }] }, { '<=': [read, daysFromToday(Number(value))] }] }
    case 'empty':
      return { empty: read }
    default:
      return { not: [{ empty: read }] }
  }
}

function daysFromToday(days: number): JsonObject {
  return { date_add: [{ today: [] }, days, 'day'] }
}

/** The conditions of a filter that the builder made; null for anything else. */
export function readFilter(source: Json | undefined): Filter | null {
  if (source === null || source === undefined) return { match: 'all', conditions: [] }
  const single = readCondition(source)
  if (single) return { match: 'all', conditions: [single] }
  if (!isObject(source)) return null
  const [operator, parts] = Object.entries(source)[0] ?? []
  if ((operator !== 'and' && operator !== 'or') || !Array.isArray(parts)) return null
  const conditions = parts.map(readCondition)
  return conditions.every((one) => one !== null)
    ? { match: operator === 'and' ? 'all' : 'any', conditions: conditions as Condition[] }
    : null
}

/** Those without a value first: `is yes` before `is true`. */
const writable = [...conditionOperators].sort((a, b) => Number(valueless.has(b)) - Number(valueless.has(a)))

/** Finds the condition whose JSON Logic is exactly this. */
function readCondition(source: Json): Condition | null {
  const field = fieldOf(source)
  if (field === null) return null
  const value = literalOf(source)
  const text = JSON.stringify(source)
  for (const operator of writable) {
    const condition: Condition = valueless.has(operator) ? { field, operator } : { field, operator, value }
    if (JSON.stringify(writeCondition(condition)) === text) return condition
  }
  return null
}

function fieldOf(source: Json): string | null {
  if (Array.isArray(source)) return source.map(fieldOf).find((found) => found !== null) ?? null
  if (!isObject(source)) return null
  if (typeof source['var'] === 'string') return source['var'].startsWith('$') ? null : source['var']
  return (
    Object.values(source)
      .map(fieldOf)
      .find((found) => found !== null) ?? null
  )
}

/** The first literal beside the field; for spans of days the number, without its sign. */
function literalOf(source: Json): Json {
  if (!isObject(source)) return source
  if (Array.isArray(source['date_add'])) return Math.abs(Number(source['date_add'][1]))
  if (source['var'] !== undefined || source['today'] !== undefined) return null
  for (const part of Object.values(source).flat() as Json[]) {
    const found = literalOf(part)
    if (found !== null) return found
  }
  return null
}
