/** SQL twins of the aggregates over rows, and of `min` and `max` over arguments. */
import { sql } from 'kysely'
import type { CallNode, Node, RowsNode } from '#expressions/node.ts'
import { isNumber } from '#expressions/type-rules.ts'
import { quotient } from './arithmetic.ts'
import { isEmpty, sameForm, truth, withForm } from './logic.ts'
import { exactOf, numberOf, scaledForm } from './numbers.ts'
import { type Fragment, isBoolean, type Sql, type Twin, type Writer } from './writer.ts'

export const sum: Twin = {
  value(call, writer) {
    const { value, from } = rowsOf(call, writer)
    const form = writer.dialect === 'postgres' ? ('numeric' as const) : ('exact' as const)
    const total = writer.dialect === 'postgres' ? sql`coalesce(sum(${value.sql}), 0)` : sql`fl_sum(${exactOf(value)})`
    return { sql: sql`(SELECT ${total} ${from})`, form }
  },
}

export const avg: Twin = {
  value(call, writer) {
    const { value, from } = rowsOf(call, writer)
    if (writer.dialect === 'sqlite') {
      return { sql: sql`(SELECT fl_divide(fl_sum(${exactOf(value)}), count(${value.sql})) ${from})`, form: 'exact' }
    }
    const all = sql.id(writer.nextAlias())
    const average = quotient(sql`${all}.total`, sql`${all}.number`, writer)
    return {
      sql: sql`(SELECT ${average} FROM (SELECT sum(${value.sql}) AS total, count(${value.sql})::numeric AS number ${from}) AS ${all})`,
      form: 'numeric',
    }
  },
}

export const count: Twin = {
  value(call, writer) {
    const [rows, each] = call.args as readonly [RowsNode, Node | undefined]
    const { writer: inner, from } = writer.over(rows)
    const wanted =
      each === undefined ? truth(true) : isBoolean(each) ? inner.condition(each) : sql`NOT ${isEmpty(each, inner)}`
    return counted(sql`(SELECT count(*) ${from} AND ${wanted})`, writer)
  },
}

export const some: Twin = {
  value(call, writer) {
    const [rows, each] = call.args as readonly [RowsNode, Node]
    const { writer: inner, from } = writer.over(rows)
    return { sql: sql`EXISTS (SELECT 1 ${from} AND ${inner.condition(each)})` }
  },
}

export const every: Twin = {
  value(call, writer) {
    const [rows, each] = call.args as readonly [RowsNode, Node]
    const { writer: inner, from } = writer.over(rows)
    return { sql: sql`(NOT EXISTS (SELECT 1 ${from} AND NOT ${inner.strict(each)}))` }
  },
}

export const min = extreme({
  aggregate: sql`min`,
  exact: sql`fl_smallest`,
  least: sql`LEAST`,
  exactLeast: sql`fl_least`,
  textLeast: sql`fl_first`,
})
export const max = extreme({
  aggregate: sql`max`,
  exact: sql`fl_largest`,
  least: sql`GREATEST`,
  exactLeast: sql`fl_greatest`,
  textLeast: sql`fl_last`,
})

/** A count as a number of its dialect. */
export function counted(count: Sql, writer: Writer): Fragment {
  return writer.dialect === 'postgres'
    ? { sql: sql`CAST(${count} AS numeric)`, form: 'numeric' }
    : { sql: count, form: { scale: 0, digits: 16 } }
}

interface Names {
  readonly aggregate: Sql
  readonly exact: Sql
  readonly least: Sql
  readonly exactLeast: Sql
  readonly textLeast: Sql
}

function extreme(names: Names): Twin {
  return {
    value: (call, writer) =>
      call.args[0]?.kind === 'rows' ? extremeOfRows(names, call, writer) : extremeOfValues(names, call, writer),
  }
}

function extremeOfRows({ aggregate, exact }: Names, call: CallNode, writer: Writer): Fragment {
  const [rows, each] = call.args as readonly [RowsNode, Node]
  const { writer: inner, from } = writer.over(rows)
  if (!isNumber(each.type)) {
    const text = listed(inner.value(each), from, writer)
    return { sql: sql`(SELECT ${aggregate}(${byCodePoint(text.value.sql, writer)}) ${text.from})` }
  }
  const { value, from: list } = listed(numberOf(each, inner), from, writer)
  if (value.form === 'exact') return { sql: sql`(SELECT ${exact}(${value.sql}) ${list})`, form: 'exact' }
  return withForm(sql`(SELECT ${aggregate}(${value.sql}) ${list})`, value.form)
}

function extremeOfValues({ least, exactLeast, textLeast }: Names, call: CallNode, writer: Writer): Fragment {
  if (writer.dialect === 'postgres') {
    const { sqls, form } = sameForm(call.args, writer)
    const values = form === undefined ? sqls.map((value) => byCodePoint(value, writer)) : sqls
    return withForm(sql`${least}(${sql.join(values)})`, form)
  }
  const values = call.args.map((arg) => writer.value(arg))
  if (!call.args.some((arg) => arg.type.is !== 'empty' && isNumber(arg.type)))
    return { sql: sql`${textLeast}(${sql.join(values.map((value) => value.sql))})` }
  return {
    sql: sql`${exactLeast}(${sql.join(values.map((value) => (scaledForm(value) === null ? value.sql : exactOf(value))))})`,
    form: 'exact',
  }
}

function byCodePoint(value: Sql, writer: Writer): Sql {
  return writer.dialect === 'postgres' ? sql`(${value} COLLATE "C")` : value
}

function rowsOf(call: CallNode, writer: Writer): { readonly value: Fragment; readonly from: Sql } {
  const [rows, each] = call.args as readonly [RowsNode, Node]
  const { writer: inner, from } = writer.over(rows)
  return listed(numberOf(each, inner), from, writer)
}

/** The values as a column of their own: an aggregate over outer columns alone would belong to the outer query. */
function listed(value: Fragment, from: Sql, writer: Writer): { readonly value: Fragment; readonly from: Sql } {
  const alias = sql.id(writer.nextAlias())
  return {
    value: withForm(sql`${alias}.v`, value.form),
    from: sql`FROM (SELECT ${value.sql} AS v ${from}) AS ${alias}`,
  }
}
