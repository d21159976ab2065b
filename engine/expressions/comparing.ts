/** What the comparison operators share: order and equality by the static types of both sides. */
import { isDecimal } from '#base/decimal.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { withDecimalLiterals } from './arithmetic.ts'
import type { Value } from './expression.ts'
import type { Evaluate, Node, Site } from './node.ts'
import { compare, type Numeric } from './numbers.ts'
import { compareTexts } from './texts.ts'
import { isNumber, needComparable } from './type-rules.ts'

type Compare = (left: Value, right: Value) => number

/** The order of two values that are not empty. */
export function comparerOf(nodes: readonly Node[]): Compare {
  const typed = nodes.find((node) => node.type.is !== 'empty')
  if (typed === undefined || isNumber(typed.type)) return (left, right) => compare(left as Numeric, right as Numeric)
  return (left, right) => compareTexts(left as string, right as string)
}

export function checkOrder(site: Site): ValueType | null {
  return needComparable(site, 'ordered') ? valueTypes.boolean : null
}

export function checkEquality(site: Site): ValueType | null {
  return needComparable(site, 'equal') ? valueTypes.boolean : null
}

/** False where a side is empty. */
export function compileOrder(
  args: readonly Evaluate[],
  nodes: readonly Node[],
  holds: (order: number) => boolean,
): Evaluate {
  const [left, right] = withDecimalLiterals(args, nodes) as [Evaluate, Evaluate]
  const order = comparerOf(nodes)
  return (scope) => {
    const a = left(scope)
    if (a === null) return false
    const b = right(scope)
    return b !== null && holds(order(a, b))
  }
}

/** Null-safe: empty equals empty. An empty boolean beside a boolean counts as false. */
export function compileEquality(args: readonly Evaluate[], nodes: readonly Node[], wanted: boolean): Evaluate {
  const [left, right] = args as [Evaluate, Evaluate]
  if (nodes.every((node) => node.type.is === 'boolean'))
    return (scope) => ((left(scope) === true) === (right(scope) === true)) === wanted
  if (nodes.every((node) => isNumber(node.type))) return (scope) => isSameNumber(left(scope), right(scope)) === wanted
  return (scope) => isSame(left(scope), right(scope)) === wanted
}

/** Equality of two scalar values of one type. */
export function isSame(left: Value, right: Value): boolean {
  return left === right || isSameNumber(left, right)
}

function isSameNumber(left: Value, right: Value): boolean {
  if (left === right) return true
  if (left === null || right === null || !(isDecimal(left) || isDecimal(right))) return false
  return compare(left as Numeric, right as Numeric) === 0
}
