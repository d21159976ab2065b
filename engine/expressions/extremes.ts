/** What `min` and `max` share: the smallest or greatest of the arguments, or of a row expression; empties are skipped. */
import type { ValueType } from '#definitions/value-type.ts'
import { foldRows, isOverRows, rowType } from './aggregate.ts'
import { comparerOf } from './comparing.ts'
import type { Value } from './expression.ts'
import type { Evaluate, Node, Site } from './node.ts'
import { describeType, joinTypes } from './type-rules.ts'

const ordered: readonly ValueType['is'][] = [
  'integer',
  'decimal',
  'duration',
  'date',
  'time',
  'datetime',
  'text',
  'empty',
]

export function checkExtreme(site: Site): ValueType | null {
  if (isOverRows(site.args))
    return site.args.length > 2
      ? site.report('wrong-arity', { least: 2, most: 2, found: site.args.length })
      : rowType(site, ...ordered)
  const type = joinTypes(
    site,
    site.args.map((_, index) => index),
  )
  if (type === null || ordered.includes(type.is)) return type
  return site.report('type-mismatch', { expected: ordered.slice(0, -1).join(' or '), found: describeType(type) }, 0)
}

/** `wanted` is 1 for the greatest, −1 for the smallest. */
export function compileExtreme(args: readonly Evaluate[], nodes: readonly Node[], wanted: 1 | -1): Evaluate {
  const overRows = isOverRows(nodes)
  const compare = comparerOf(overRows ? nodes.slice(1) : nodes)
  const better = (best: Value, value: Value): Value => {
    if (value === null || best === null) return value ?? best
    return compare(value, best) * wanted > 0 ? value : best
  }
  if (overRows) return foldRows<Value>(args, nodes, { start: null, step: better })
  const first = args[0] as Evaluate
  const rest = args.slice(1)
  return (scope) => {
    let best = first(scope)
    for (const each of rest) best = better(best, each(scope))
    return best
  }
}
