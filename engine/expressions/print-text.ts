/** JSON Logic → formula text that parses back to the same expression, with as few parentheses as that allows. */
import { decimalOf, formatDecimal } from '#base/decimal.ts'
import { isObject, type Json } from '#base/json.ts'
import type { Operator } from './node.ts'
import { operatorOf } from './operators/catalogue.ts'
import { comparisonLevel, keywords } from './parse-text.ts'
import { quoteText } from './tokens.ts'

/** A printed part, and how tightly it holds together; calls and literals hold in every place. */
interface Printed {
  readonly text: string
  readonly level: number
  readonly operator?: Operator
}

const whole = 100
const minusLevel = 8

/** Is this path a table? Asked only for `min` and `max`, which may also take plain values. */
export type IsTable = (path: string) => boolean

export function printExpression(source: Json, isTable: IsTable): string {
  return print(source, isTable).text
}

function print(json: Json, isTable: IsTable): Printed {
  if (Array.isArray(json))
    return { text: `[${json.map((item: Json) => print(item, isTable).text).join(', ')}]`, level: whole }
  if (isObject(json)) return printObject(json, isTable)
  if (typeof json === 'string') return { text: quoteText(json), level: whole }
  return { text: typeof json === 'number' ? formatDecimal(decimalOf(json)) : String(json), level: whole }
}

function printObject(object: { readonly [key: string]: Json }, isTable: IsTable): Printed {
  const key = Object.keys(object)[0] ?? ''
  const given = object[key] ?? null
  if (key === 'var') return { text: printPath(Array.isArray(given) ? String(given[0]) : String(given)), level: whole }
  const args: readonly Json[] = Array.isArray(given) ? (given as readonly Json[]) : [given]
  const operator = operatorOf(key)
  if (operator === undefined)
    return { text: `${key}(${args.map((arg) => print(arg, isTable).text).join(', ')})`, level: whole }
  if (key === '-' && args.length === 1) return printMinus(args[0] ?? null, isTable)
  if (operator.text.as === 'prefix' && args.length === 1) return printPrefix(operator, args[0] ?? null, isTable)
  if (operator.text.as === 'infix' && args.length >= 2) return printInfix(operator, args, isTable)
  return { text: `${key}(${printArguments(operator, args, isTable)})`, level: whole }
}

/** A keyword, or a name that no plain token could be, stands in backticks. */
function printPath(path: string): string {
  return keywords.has(path) || !/^\$?[A-Za-z_]\w*(\.\$?[A-Za-z_]\w*)*$/.test(path) ? `\`${path}\`` : path
}

function printMinus(arg: Json, isTable: IsTable): Printed {
  const inner = print(arg, isTable)
  const close = inner.level <= minusLevel || typeof arg === 'number'
  return { text: close ? `-(${inner.text})` : `-${inner.text}`, level: minusLevel }
}

function printPrefix(operator: Operator, arg: Json, isTable: IsTable): Printed {
  const level = operator.text.as === 'prefix' ? operator.text.level : whole
  const inner = print(arg, isTable)
  return { text: `${operator.name} ${inner.level < level ? `(${inner.text})` : inner.text}`, level }
}

function printInfix(operator: Operator, args: readonly Json[], isTable: IsTable): Printed {
  const { symbol, level } = operator.text as { readonly symbol: string; readonly level: number }
  const parts = args.map((arg, index) => {
    const inner = print(arg, isTable)
    const holds = index === 0 ? holdsLeft(inner, operator, level) : inner.level > level
    return holds ? inner.text : `(${inner.text})`
  })
  return { text: parts.join(` ${symbol} `), level, operator }
}

/** May it stand to the left without parentheses? A chain of the same operator would grow into one call. */
function holdsLeft(inner: Printed, operator: Operator, level: number): boolean {
  if (inner.level !== level) return inner.level > level
  if (level === comparisonLevel) return false
  return inner.operator !== operator || operator.arity.most <= 2
}

/** `sum(lines, amount)` reads better as `sum(lines.amount)`. */
function printArguments(operator: Operator, args: readonly Json[], isTable: IsTable): string {
  const [rows, column] = args.map(pathOf)
  const isPair = args.length === 2 && rows !== undefined && column !== undefined && !column.startsWith('$')
  const isOverRows =
    operator.overRows === 'always' || (operator.overRows === 'may' && rows !== undefined && isTable(rows))
  if (isPair && isOverRows && !keywords.has(rows) && !keywords.has(column)) return `${rows}.${column}`
  return args.map((arg) => print(arg, isTable).text).join(', ')
}

function pathOf(json: Json): string | undefined {
  const path = isObject(json) ? json['var'] : undefined
  return typeof path === 'string' ? path : undefined
}
