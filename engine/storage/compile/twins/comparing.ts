/** SQL twins of the comparisons and of `in`. */
import { type RawBuilder, sql } from 'kysely'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from '#expressions/expression.ts'
import type { CallNode, LiteralNode, Node } from '#expressions/node.ts'
import { isNumber } from '#expressions/type-rules.ts'
import { truth } from './logic.ts'
import { alignNumbers, numberOf } from './numbers.ts'
import type { Fragment, Sql, Twin, Writer } from './writer.ts'

type Symbol = '<' | '<=' | '>' | '>='

export function order(symbol: Symbol): Twin {
  const condition = (call: CallNode, writer: Writer) => bare(call.args, writer, symbol)
  return {
    value: (call, writer) => ({ sql: sql`coalesce(${condition(call, writer)}, ${falseOf(writer)})` }),
    condition,
  }
}

export const equal: Twin = {
  value(call, writer) {
    const constant = constantSide(call.args, writer)
    if (constant === undefined || constant === null) return { sql: sameOrEmpty(call.args, writer) }
    return { sql: sql`coalesce(${sameAs(call.args, writer)}, ${falseOf(writer)})` }
  },
  condition(call, writer) {
    const constant = constantSide(call.args, writer)
    return constant === undefined || constant === null ? sameOrEmpty(call.args, writer) : sameAs(call.args, writer)
  },
}

export const notEqual: Twin = {
  value: (call, writer) => ({ sql: sql`(NOT ${sameOrEmpty(call.args, writer)})` }),
}

export const within: Twin = {
  value: (call, writer) => ({ sql: sql`coalesce(${inList(call, writer)}, ${falseOf(writer)})` }),
  condition: inList,
}

export function falseOf(writer: Writer): Sql {
  return writer.dialect === 'sqlite' ? sql`0` : sql`false`
}

const symbols: Readonly<Record<Symbol | '=', RawBuilder<unknown>>> = {
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
  '=': sql`=`,
}

/** `left < right`, NULL where a side is empty. */
function bare(nodes: readonly Node[], writer: Writer, symbol: Symbol): Sql {
  const [left, right] = sidesOf(nodes, writer)
  if (left.form === 'exact') return sql`(fl_compare(${left.sql}, ${right.sql}) ${symbols[symbol]} 0)`
  if (writer.dialect === 'sqlite' || left.form !== undefined) return sql`(${left.sql} ${symbols[symbol]} ${right.sql})`
  return sql`(${left.sql} COLLATE "C" ${symbols[symbol]} ${right.sql})`
}

/** `left = right`, NULL where a side is empty. */
function sameAs(nodes: readonly Node[], writer: Writer): Sql {
  if (isBooleans(nodes)) return sql`(${writer.strict(nodes[0] as Node)} = ${writer.strict(nodes[1] as Node)})`
  const [left, right] = sidesOf(nodes, writer)
  return left.form === 'exact' ? sql`(fl_compare(${left.sql}, ${right.sql}) = 0)` : sql`(${left.sql} = ${right.sql})`
}

/** Null-safe: empty is the same as empty; never NULL. */
function sameOrEmpty(nodes: readonly Node[], writer: Writer): Sql {
  if (isBooleans(nodes)) return sameAs(nodes, writer)
  const [left, right] = sidesOf(nodes, writer)
  // Exact numbers in their shortest text: equal by value is equal as text.
  return writer.dialect === 'sqlite'
    ? sql`(${left.sql} IS ${right.sql})`
    : sql`(${left.sql} IS NOT DISTINCT FROM ${right.sql})`
}

function isBooleans(nodes: readonly Node[]): boolean {
  return nodes.every((arg) => arg.type.is === 'boolean')
}

function sidesOf(nodes: readonly Node[], writer: Writer): readonly [Fragment, Fragment] {
  const [left, right] = nodes as readonly [Node, Node]
  const numbers = [left, right].some((node) => node.type.is !== 'empty' && isNumber(node.type))
  if (!numbers) return [writer.value(left), writer.value(right)]
  if (writer.dialect === 'postgres' && isWhole(left.type) && isWhole(right.type))
    return wholeSides([left, right], writer)
  const { sqls, form } = alignNumbers([numberOf(left, writer), numberOf(right, writer)])
  return [
    { sql: sqls[0] as Sql, form },
    { sql: sqls[1] as Sql, form },
  ]
}

function isWhole(type: ValueType): boolean {
  return type.is === 'integer' || type.is === 'duration'
}

/** A whole-number column beside a whole-number constant keeps its own type, so that its index serves. */
function wholeSides(nodes: readonly [Node, Node], writer: Writer): readonly [Fragment, Fragment] {
  const columns = nodes.map(
    (node) => node.kind === 'read' && node.field?.stored !== false && writer.constantOf(node) === undefined,
  )
  const [left, right] = nodes.map((node, index) => {
    const constant = writer.constantOf(node)
    if (columns[index] === true) return ownType(writer.value(node))
    if (columns.includes(true) && typeof constant === 'number')
      return { sql: sql`CAST(${String(constant)} AS bigint)`, form: 'numeric' as const }
    return numberOf(node, writer)
  })
  return [left as Fragment, right as Fragment]
}

function ownType(fragment: Fragment): Fragment {
  return { sql: fragment.raw ?? fragment.sql, form: 'numeric' }
}

/** The value of a constant side; undefined where both sides read columns. */
function constantSide(nodes: readonly Node[], writer: Writer): Value | undefined {
  const [left, right] = nodes as readonly [Node, Node]
  const value = writer.constantOf(right)
  return value === undefined ? writer.constantOf(left) : value
}

function inList(call: CallNode, writer: Writer): Sql {
  const [item, list] = call.args as readonly [Node, Node]
  const values = writer.constantOf(list)
  if (values !== undefined) return inConstants(item, { values, list }, writer)
  const joined = writer.joined(list)
  const wanted = writer.value(item).sql
  if (joined !== null) return sql`EXISTS (SELECT 1 ${joined.from} AND ${joined.target} = ${wanted})`
  const stored = writer.value(list).sql
  if (writer.dialect === 'postgres') return sql`(${stored} @> to_jsonb(${wanted}))`
  const each = writer.nextAlias()
  return sql`EXISTS (SELECT 1 FROM json_each(${stored}) AS ${sql.id(each)} WHERE ${sql.id(each, 'value')} = ${wanted})`
}

interface Constants {
  readonly values: Value
  readonly list: Node
}

function inConstants(item: Node, { values, list }: Constants, writer: Writer): Sql {
  const known = (Array.isArray(values) ? (values as readonly Value[]) : []).filter((value) => value !== null)
  const of = list.type.is === 'list' ? list.type.of : list.type
  if (known.length === 0) return truth(false)
  if (isNumber(item.type))
    return sql`(${sql.join(
      known.map((value) => sameAs([item, literalOf(value, of)], writer)),
      sql` OR `,
    )})`
  return sql`(${writer.value(item).sql} IN (${sql.join(known.map((value) => writer.constant(value, of).sql))}))`
}

function literalOf(value: Value, type: ValueType): LiteralNode {
  return { kind: 'literal', value, type, pointer: '' }
}
