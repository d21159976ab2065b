/** What the arithmetic operators share: their types, and chains that are empty when a part is. */
import type { ValueType } from '#definitions/value-type.ts'
import type { Node } from './node.ts'
import { numeric, type Numeric } from './numbers.ts'
import type { Evaluate, Site } from './operator.ts'
import { arithmeticType, needNumbers } from './type-rules.ts'

export function checkSum(site: Site): ValueType | null {
  if (!needNumbers(site)) return null
  const types = site.args.map((arg) => arg.type)
  if (types.every((type) => type.is === 'duration')) return { is: 'duration' }
  return arithmeticType(types, (scales) => Math.max(...scales))
}

export function checkProduct(site: Site): ValueType | null {
  if (!needNumbers(site)) return null
  return arithmeticType(site.args.map((arg) => arg.type), (scales) => scales.reduce((sum, scale) => sum + scale, 0))
}

export function checkQuotient(site: Site): ValueType | null {
  return needNumbers(site) ? { is: 'decimal', scale: 12 } : null
}

export function checkRemainder(site: Site): ValueType | null {
  return needNumbers(site) ? arithmeticType(site.args.map((arg) => arg.type), (scales) => Math.max(...scales)) : null
}

/** From left to right; two operands, the usual case, without a loop. */
export function compileChain(args: readonly Evaluate[], combine: (left: Numeric, right: Numeric) => Numeric | null): Evaluate {
  const [first, second] = args as [Evaluate, Evaluate]
  if (args.length > 2) return compileChain([compileChain(args.slice(0, -1), combine), args.at(-1) as Evaluate], combine)
  return (scope) => {
    const left = numeric(first(scope))
    if (left === null) return null
    const right = numeric(second(scope))
    return right === null ? null : combine(left, right)
  }
}

export function compileUnary(args: readonly Evaluate[], change: (value: Numeric) => Numeric): Evaluate {
  const [inner] = args as [Evaluate]
  return (scope) => {
    const value = numeric(inner(scope))
    return value === null ? null : change(value)
  }
}

/** The literal second argument of `round`. */
export function digitsOf(node: Node | undefined): number {
  return node?.kind === 'literal' && typeof node.value === 'number' ? node.value : 0
}
