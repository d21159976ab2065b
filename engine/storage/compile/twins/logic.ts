/** SQL twins of conditions and of the choice between values. */
import { sql } from 'kysely'
import type { CallNode, Node } from '#expressions/node.ts'
import { isNumber } from '#expressions/type-rules.ts'
import { alignNumbers, numberOf } from './numbers.ts'
import type { Fragment, NumberForm, Sql, Twin, Writer } from './writer.ts'

export const truth = (holds: boolean): Sql => (holds ? sql`(1 = 1)` : sql`(1 = 0)`)

export const and: Twin = {
  value: (call, writer) => ({
    sql: sql`(${sql.join(
      call.args.map((arg) => writer.strict(arg)),
      sql` AND `,
    )})`,
  }),
  condition: (call, writer) =>
    sql`(${sql.join(
      call.args.map((arg) => writer.condition(arg)),
      sql` AND `,
    )})`,
}

export const or: Twin = {
  value: (call, writer) => ({
    sql: sql`(${sql.join(
      call.args.map((arg) => writer.strict(arg)),
      sql` OR `,
    )})`,
  }),
  condition: (call, writer) =>
    sql`(${sql.join(
      call.args.map((arg) => writer.condition(arg)),
      sql` OR `,
    )})`,
}

export const not: Twin = {
  value: (call, writer) => ({ sql: sql`(NOT ${writer.strict(call.args[0] as Node)})` }),
}

export const ifThenElse: Twin = {
  value(call, writer) {
    const { conditions, values } = branchesOf(call)
    const { sqls, form } = sameForm(values, writer)
    const branches = conditions.map(
      (condition, index) => sql`WHEN ${writer.condition(condition)} THEN ${sqls[index] as Sql}`,
    )
    const otherwise = sqls.length > conditions.length ? sql` ELSE ${sqls.at(-1) as Sql}` : sql``
    return withForm(sql`CASE ${sql.join(branches, sql` `)}${otherwise} END`, form)
  },
}

export const coalesce: Twin = {
  value(call, writer) {
    const { sqls, form } = sameForm(call.args, writer)
    return withForm(sql`coalesce(${sql.join(sqls)})`, form)
  },
}

export const empty: Twin = {
  value: (call, writer) => ({ sql: isEmpty(call.args[0] as Node, writer) }),
}

/** True where the node has no value. */
export function isEmpty(node: Node, writer: Writer): Sql {
  if (node.kind === 'rows') return sql`(NOT EXISTS (SELECT 1 ${writer.over(node).from}))`
  const joined = writer.joined(node)
  if (joined !== null) return sql`(NOT EXISTS (SELECT 1 ${joined.from}))`
  const value = writer.value(node).sql
  if (node.type.is !== 'list' && node.type.is !== 'opaque') return sql`(${value} IS NULL)`
  return writer.dialect === 'sqlite'
    ? sql`(coalesce(${value}, '[]') = '[]')`
    : sql`(coalesce(${value}, '[]'::jsonb) = '[]'::jsonb)`
}

/** Values of one type, numbers aligned. */
export function sameForm(
  nodes: readonly Node[],
  writer: Writer,
): { readonly sqls: readonly Sql[]; readonly form?: NumberForm } {
  const numbers = nodes.some((node) => node.type.is !== 'empty' && isNumber(node.type))
  if (numbers) return alignNumbers(nodes.map((node) => numberOf(node, writer)))
  return { sqls: nodes.map((node) => writer.value(node).sql) }
}

export function withForm(value: Sql, form: NumberForm | undefined): Fragment {
  return form === undefined ? { sql: value } : { sql: value, form }
}

function branchesOf(call: CallNode): { readonly conditions: readonly Node[]; readonly values: readonly Node[] } {
  const pairs = Math.floor(call.args.length / 2)
  const conditions = call.args.filter((_, index) => index % 2 === 0 && index < pairs * 2)
  const values = call.args.filter((_, index) => index % 2 === 1 || index === pairs * 2)
  return { conditions, values }
}
