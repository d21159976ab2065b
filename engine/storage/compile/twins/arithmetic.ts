/** SQL twins of arithmetic: native while 64 bits hold every digit, exact functions beyond; division by hand on PostgreSQL. */
import { sql } from 'kysely'
import { formatDecimal, isDecimal, parseDecimal } from '#base/decimal.ts'
import { digitsOf } from '#expressions/arithmetic.ts'
import type { CallNode, Node } from '#expressions/node.ts'
import { alignNumbers, exactOf, nativeDigits, numberOf, scaledForm } from './numbers.ts'
import type { Fragment, Sql, Twin, Writer } from './writer.ts'

type Combine = (left: Fragment, right: Fragment, writer: Writer) => Fragment

export const plus: Twin = chain((left, right) => addOrSubtract(left, right, 'add'))

export const minus: Twin = {
  value(call, writer) {
    const [first, second] = call.args.map((arg) => numberOf(arg, writer)) as [Fragment, Fragment | undefined]
    return second === undefined
      ? addOrSubtract(zeroOf(writer), first, 'subtract')
      : addOrSubtract(first, second, 'subtract')
  },
}

export const times: Twin = chain((left, right) => {
  const [a, b] = [scaledForm(left), scaledForm(right)]
  if (left.form === 'numeric') return { sql: sql`(${left.sql} * ${right.sql})`, form: 'numeric' }
  if (a === null || b === null || a.digits + b.digits > nativeDigits) return exactCall(sql`fl_multiply`, left, right)
  return { sql: sql`(${a.sql} * ${b.sql})`, form: { scale: a.scale + b.scale, digits: a.digits + b.digits } }
})

export const dividedBy: Twin = {
  value(call, writer) {
    const [left, right] = call.args.map((arg) => numberOf(arg, writer)) as [Fragment, Fragment]
    if (writer.dialect === 'sqlite') return exactCall(sql`fl_divide`, left, right)
    const shift = reciprocalOf(call.args[1] as Node, writer)
    return {
      sql:
        shift === null
          ? quotient(left.sql, right.sql, writer)
          : sql`round(${left.sql} * CAST(${shift} AS numeric), 12)`,
      form: 'numeric',
    }
  },
}

export const remainderOf: Twin = {
  value(call, writer) {
    const [left, right] = call.args.map((arg) => numberOf(arg, writer)) as [Fragment, Fragment]
    if (writer.dialect === 'sqlite') return exactCall(sql`fl_remainder`, left, right)
    return { sql: sql`mod(${left.sql}, nullif(${right.sql}, 0))`, form: 'numeric' }
  },
}

export const floorOf = unary(
  (value) => sql`fl_floor(${value})`,
  (value) => sql`floor(${value})`,
)
export const ceilOf = unary(
  (value) => sql`fl_ceil(${value})`,
  (value) => sql`ceil(${value})`,
)
export const abs = unary(
  (value) => sql`fl_abs(${value})`,
  (value) => sql`abs(${value})`,
)

export const roundTo: Twin = {
  value(call, writer) {
    const value = numberOf(call.args[0] as Node, writer)
    const digits = sql.lit(digitsOf(call.args[1]))
    if (writer.dialect === 'postgres') return { sql: sql`round(${value.sql}, ${digits})`, form: 'numeric' }
    return { sql: sql`fl_round(${exactOf(value)}, ${digits})`, form: 'exact' }
  },
}

/** PostgreSQL: rounded half away from zero at the twelfth decimal; its own `/` would choose the number of digits. */
export function quotient(left: Sql, right: Sql, writer: Writer): Sql {
  const q = sql.id(writer.nextAlias())
  const [a, b] = [sql`${q}.a`, sql`${q}.b`]
  const whole = sql`div(2 * abs(${a}) * 1000000000000 + abs(${b}), 2 * abs(${b}))`
  return sql`(SELECT sign(${a}) * sign(${b}) * ${whole} * 0.000000000001 FROM (SELECT ${left} AS a, nullif(${right}, 0) AS b) AS ${q})`
}

function addOrSubtract(left: Fragment, right: Fragment, operation: 'add' | 'subtract'): Fragment {
  const { sqls, form } = alignNumbers([left, right])
  const [a, b] = sqls as [Sql, Sql]
  const symbol = operation === 'add' ? sql`+` : sql`-`
  if (form === 'numeric') return { sql: sql`(${a} ${symbol} ${b})`, form }
  if (form === 'exact' || form.digits + 1 > nativeDigits)
    return exactCall(operation === 'add' ? sql`fl_add` : sql`fl_subtract`, left, right)
  return { sql: sql`(${a} ${symbol} ${b})`, form: { scale: form.scale, digits: form.digits + 1 } }
}

function exactCall(name: Sql, left: Fragment, right: Fragment): Fragment {
  return { sql: sql`${name}(${exactOf(left)}, ${exactOf(right)})`, form: 'exact' }
}

function chain(combine: Combine): Twin {
  return {
    value(call: CallNode, writer: Writer) {
      const [first, ...rest] = call.args.map((arg) => numberOf(arg, writer)) as [Fragment, ...Fragment[]]
      return rest.reduce((left, right) => combine(left, right, writer), first)
    },
  }
}

function unary(sqlite: (value: Sql) => Sql, postgres: (value: Sql) => Sql): Twin {
  return {
    value(call, writer) {
      const value = numberOf(call.args[0] as Node, writer)
      if (writer.dialect === 'postgres') return { sql: postgres(value.sql), form: 'numeric' }
      return { sql: sqlite(exactOf(value)), form: 'exact' }
    },
  }
}

function zeroOf(writer: Writer): Fragment {
  return writer.dialect === 'postgres'
    ? { sql: sql`0::numeric`, form: 'numeric' }
    : { sql: sql`0`, form: { scale: 0, digits: 1 } }
}

/** 0.01 for a constant 100: a division that needs no digits of its own. */
function reciprocalOf(node: Node, writer: Writer): string | null {
  const value = writer.constantOf(node)
  const text = typeof value === 'number' ? String(value) : isDecimal(value) ? formatDecimal(value) : ''
  if (!/^10{0,11}$/.test(text) || parseDecimal(text) === null) return null
  return text === '1' ? '1' : `0.${'0'.repeat(text.length - 2)}1`
}
