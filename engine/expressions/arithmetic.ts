/** What the arithmetic operators share: their types, and chains that are empty when a part is. */
import { decimalOf } from '#base/decimal.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Evaluate, Node, Site } from './node.ts'
import { type Numeric, numeric } from './numbers.ts'
import { arithmeticType, needNumbers } from './type-rules.ts'

export function checkSum(site: Site): ValueType | null {
  if (!needNumbers(site)) return null
  const types = site.args.map((arg) => arg.type)
  if (types.every((type) => type.is === 'duration')) return { is: 'duration' }
  return arithmeticType(types, (scales) => Math.max(...scales))
}

export function checkProduct(site: Site): ValueType | null {
  if (!needNumbers(site)) return null
  return arithmeticType(
    site.args.map((arg) => arg.type),
    (scales) => scales.reduce((sum, scale) => sum + scale, 0),
  )
}

export function checkQuotient(site: Site): ValueType | null {
  return needNumbers(site) ? { is: 'decimal', scale: 12 } : null
}

export function checkRemainder(site: Site): ValueType | null {
  return needNumbers(site)
    ? arithmeticType(
        site.args.map((arg) => arg.type),
        (scales) => Math.max(...scales),
      )
    : null
}

type Combine = (left: Numeric, right: Numeric) => Numeric | null

/** From left to right. */
export function compileChain(args: readonly Evaluate[], nodes: readonly Node[], combine: Combine): Evaluate {
  const operands = args.map((run, index) => operandOf(run, nodes[index], nodes))
  const [first, second, ...rest] = operands as [Operand, Operand, ...Operand[]]
  return rest.reduce(
    (chain, next) => compilePair({ run: chain, column: null, constant: null }, next, combine),
    compilePair(first, second, combine),
  )
}

/** Beside a decimal a literal is one from the start, so that no evaluation has to convert it. */
export function withDecimalLiterals(args: readonly Evaluate[], nodes: readonly Node[]): readonly Evaluate[] {
  return args.map((run, index) => {
    const { constant } = operandOf(run, nodes[index], nodes)
    return constant === null ? run : () => constant
  })
}

/** An operand as the hot path reads it: a constant, a field of the row at hand, or whatever its closure says. */
interface Operand {
  readonly run: Evaluate
  readonly column: string | null
  readonly constant: Numeric | null
}

function operandOf(run: Evaluate, node: Node | undefined, nodes: readonly Node[]): Operand {
  const column = node?.kind === 'read' && node.from === 'row' ? node.name : null
  const literal = node?.kind === 'literal' ? numeric(node.value) : null
  const besideDecimal = typeof literal === 'number' && nodes.some((each) => each.type.is === 'decimal')
  return { run, column, constant: besideDecimal ? decimalOf(literal) : literal }
}

function compilePair(first: Operand, second: Operand, combine: Combine): Evaluate {
  const [runLeft, columnLeft, constantLeft] = [first.run, first.column, first.constant]
  const [runRight, columnRight, constantRight] = [second.run, second.column, second.constant]
  return (scope) => {
    const left =
      constantLeft ?? ((columnLeft === null ? runLeft(scope) : scope.row[columnLeft]) as Numeric | null | undefined)
    if (left === null || left === undefined) return null
    const right =
      constantRight ?? ((columnRight === null ? runRight(scope) : scope.row[columnRight]) as Numeric | null | undefined)
    return right === null || right === undefined ? null : combine(left, right)
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
