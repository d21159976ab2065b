/** From JSON Logic to the checked tree: names resolved, types proved, every issue with its pointer. */
import { decimalOf, significantDigits } from '#base/decimal.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Text } from '#base/text.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import type { Place, Value } from './expression.ts'
import type { ListNode, LiteralNode, Node, Operator, RowsNode, Site } from './node.ts'
import { operatorOf, operators } from './operators/catalogue.ts'
import { nearest, resolvePath } from './resolve.ts'
import { checkShape } from './shape.ts'
import { describeType, isAssignable, readAssigned } from './type-rules.ts'

export type CheckAnswer =
  | { readonly ok: true; readonly node: Node }
  | { readonly ok: false; readonly issues: readonly Issue[] }

interface Context {
  readonly place: Place
  readonly issues: Issue[]
}

const maxDigits = 15

export function checkExpression(source: Json, place: Place, expected?: ValueType): CheckAnswer {
  const shape = checkShape(source)
  if (shape !== null) return { ok: false, issues: [shape] }
  const context: Context = { place, issues: [] }
  const node = checkNode(source, '', context)
  const fitted = node === null || expected === undefined ? node : fit(node, expected, context)
  if (fitted === null || context.issues.length > 0) return { ok: false, issues: context.issues }
  return { ok: true, node: fitted }
}

function checkNode(json: Json, pointer: string, context: Context): Node | null {
  if (Array.isArray(json)) return checkList(json, pointer, context)
  if (!isObject(json)) return checkLiteral(json as null | boolean | number | string, pointer, context)
  const key = Object.keys(json)[0] ?? ''
  return key === 'var' ? checkVar(json, pointer, context) : checkCall(key, json, { pointer, context })
}

function checkLiteral(json: null | boolean | number | string, pointer: string, context: Context): LiteralNode | null {
  if (json === null || json === '') return { kind: 'literal', value: null, type: valueTypes.empty, pointer }
  if (typeof json === 'boolean') return { kind: 'literal', value: json, type: valueTypes.boolean, pointer }
  if (typeof json === 'string') return { kind: 'literal', value: json, type: valueTypes.text, pointer }
  if (!Number.isFinite(json)) return report(context, pointer, 'not-a-number')
  const decimal = decimalOf(json)
  if (significantDigits(decimal) > maxDigits) return report(context, pointer, 'too-precise', { limit: maxDigits })
  if (Number.isInteger(json)) return { kind: 'literal', value: json, type: valueTypes.integer, pointer }
  return { kind: 'literal', value: decimal, type: { is: 'decimal', scale: decimal.scale }, pointer }
}

function checkList(json: readonly Json[], pointer: string, context: Context): ListNode | null {
  const items: LiteralNode[] = []
  for (const [index, item] of json.entries()) {
    const at = `${pointer}/${index}`
    if (typeof item === 'object' && item !== null) return report(context, at, 'not-a-literal')
    const node = checkLiteral(item, at, context)
    if (node === null) return null
    items.push(node)
  }
  const of = items.find((item) => item.type.is !== 'empty')?.type ?? valueTypes.empty
  const stray = items.find((item) => item.type.is !== 'empty' && !isAssignable(item.type, of))
  if (stray !== undefined)
    return report(context, stray.pointer, 'types-differ', {
      expected: describeType(of),
      found: describeType(stray.type),
    })
  return { kind: 'list', values: items.map((item) => item.value), type: { is: 'list', of }, pointer }
}

function checkVar(json: JsonObject, pointer: string, context: Context): Node | null {
  const given = json['var']
  const path = Array.isArray(given) && given.length === 1 ? given[0] : given
  const at = `${pointer}/var`
  if (typeof path !== 'string') return report(context, at, 'path-expected')
  if (path === '$now' || path === '$today')
    return checkCall(path.slice(1), { [path.slice(1)]: [] }, { pointer, context })
  const resolved = resolvePath(path, context.place, at)
  if ('node' in resolved) return resolved.node
  return report(context, at, resolved.issue.code, resolved.issue.params, resolved.issue.hint)
}

interface At {
  readonly pointer: string
  readonly context: Context
}

function checkCall(key: string, json: JsonObject, { pointer, context }: At): Node | null {
  const operator = operatorOf(key)
  const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (operator === undefined) return unknownOperator(key, at, context)
  if (context.place.sql === true && operator.filters === 'not in filters')
    return report(context, at, 'not-in-filters', { name: key })
  const given = json[key] ?? null
  const sources = Array.isArray(given) ? (given as readonly Json[]) : [given]
  const { least, most } = operator.arity
  if (sources.length < least || sources.length > most)
    return report(context, at, 'wrong-arity', { name: key, least, most, found: sources.length })
  const args = checkArguments(operator, sources, { pointer: Array.isArray(given) ? `${at}/` : at, context })
  return args === null ? null : finishCall(operator, args, { pointer: at, context })
}

/** `base` ends in a slash where the arguments stand in an array. */
function checkArguments(operator: Operator, sources: readonly Json[], { pointer: base, context }: At): Node[] | null {
  const inArray = base.endsWith('/')
  const args: (Node | null)[] = []
  for (const [index, source] of sources.entries()) {
    const rows = index > 0 && operator.overRows !== undefined ? args[0] : null
    const inner = rows?.kind === 'rows' ? { ...context, place: rowPlace(context.place, rows) } : context
    args.push(checkNode(source, inArray ? `${base}${index}` : base, inner))
  }
  return args.some((arg) => arg === null) ? null : (args as Node[])
}

/** Inside an aggregate the row comes first, then the record that holds it as `$parent`. */
export function rowPlace(place: Place, rows: RowsNode): Place {
  const { old: _old, ...rest } = place
  const parent =
    rows.from === 'row' || rows.from === 'old'
      ? place.table
      : rows.from === 'parent'
        ? place.parent
        : rows.from === 'record'
          ? place.record
          : place.recordParent
  return { ...rest, table: rows.rows, ...(parent === undefined ? {} : { parent }) }
}

function finishCall(operator: Operator, args: Node[], { pointer, context }: At): Node | null {
  const site: Site = {
    place: context.place,
    args,
    pointer,
    report: (code, params = {}, index) =>
      report(context, index === undefined ? pointer : (args[index]?.pointer ?? pointer), code, params),
  }
  const stray = args.find(
    (arg, index) =>
      arg.kind === 'rows' &&
      !(index === 0 && (operator.overRows !== undefined || operator.name === 'empty' || operator.name === 'length')),
  )
  if (stray !== undefined) return report(context, stray.pointer, 'rows-not-here', { name: operator.name })
  const type = operator.check(site)
  return type === null ? null : { kind: 'call', operator, args: [...site.args], type, pointer }
}

/** The whole expression as a value of the expected type. */
function fit(node: Node, expected: ValueType, context: Context): Node | null {
  if (node.kind === 'literal') {
    const value = readAssigned(node.value, expected)
    if (value === undefined && expected.is === 'text' && node.type.is === 'text') {
      return report(context, node.pointer, 'unknown-option', {
        value: String(node.value),
        options: expected.options ?? [],
      })
    }
    const type = node.type.is === 'empty' || node.type.is !== 'text' ? node.type : expected
    if (value !== undefined && isAssignable(type, expected)) return { ...node, value, type }
  }
  if (node.kind === 'list') return fitList(node, expected, context)
  if (node.kind !== 'literal' && node.kind !== 'rows' && isAssignable(node.type, expected)) return node
  return report(context, node.pointer, 'type-mismatch', {
    expected: describeType(expected),
    found: describeType(node.type),
  })
}

function fitList(node: ListNode, expected: ValueType, context: Context): Node | null {
  if (expected.is !== 'list')
    return report(context, node.pointer, 'type-mismatch', { expected: describeType(expected), found: 'list' })
  const values = node.values.map((value) => readAssigned(value, expected.of))
  const stray = values.indexOf(undefined)
  if (stray >= 0)
    return report(context, `${node.pointer}/${stray}`, 'unknown-option', { value: String(node.values[stray]) })
  return { ...node, values: values as Value[], type: expected }
}

function unknownOperator(key: string, at: string, context: Context): null {
  const near = nearest(
    key,
    operators.map((operator) => operator.name),
  )
  return report(
    context,
    at,
    'unknown-operator',
    { name: key },
    near === undefined ? undefined : { en: `Did you mean ${near}?`, 'zh-CN': `是否想写 ${near}？` },
  )
}

function report(
  context: Context,
  pointer: string,
  code: string,
  params: Readonly<Record<string, Json>> = {},
  hint?: Text,
): null {
  context.issues.push({ pointer, code, params, ...(hint === undefined ? {} : { hint }) })
  return null
}
