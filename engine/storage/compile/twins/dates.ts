/** SQL twins of the date operators. SQLite calls the closures' own code; PostgreSQL computes on days and seconds within 0001–9999. */
import { type RawBuilder, sql } from 'kysely'
import { unitOf } from '#expressions/dating.ts'
import type { CallNode, Node } from '#expressions/node.ts'
import { counted } from './aggregates.ts'
import { exactOf, numberOf } from './numbers.ts'
import type { Sql, Twin, Writer } from './writer.ts'

const secondsOf: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 }
const firstDay = sql`DATE '0001-01-01'`
const days = 3_652_059

export const today: Twin = { value: (call, writer) => writer.constant(writer.constantOf(call) ?? null, call.type) }
export const now: Twin = today

export const year = part(1, 4)
export const month = part(6, 2)
export const day = part(9, 2)

export const weekday: Twin = {
  value(call, writer) {
    const date = writer.value(call.args[0] as Node).sql
    return counted(
      writer.dialect === 'sqlite' ? sql`fl_weekday(${date})` : sql`extract(isodow FROM CAST(${date} AS date))`,
      writer,
    )
  },
}

export const dateOf: Twin = {
  value(call, writer) {
    const moment = writer.value(call.args[0] as Node).sql
    if (writer.dialect === 'sqlite') return { sql: sql`fl_day_in(${moment}, ${writer.zone})` }
    return { sql: sql`to_char(CAST(${moment} AS timestamptz) AT TIME ZONE CAST(${writer.zone} AS text), 'YYYY-MM-DD')` }
  },
}

export const dateAdd: Twin = {
  value(call, writer) {
    const [date, amount] = [writer.value(call.args[0] as Node).sql, numberOf(call.args[1] as Node, writer)]
    const unit = unitOf(call.args)
    if (writer.dialect === 'sqlite') return { sql: sql`fl_date_add(${date}, ${exactOf(amount)}, ${unit})` }
    const q = sql.id(writer.nextAlias())
    return { sql: sql`(SELECT ${moved(q, unit)} FROM (SELECT ${date} AS d, ${amount.sql} AS n) AS ${q})` }
  },
}

export const dateDiff: Twin = {
  value(call, writer) {
    const [from, to] = call.args.slice(0, 2).map((arg) => writer.value(arg).sql) as [Sql, Sql]
    const unit = unitOf(call.args)
    if (writer.dialect === 'sqlite') return counted(sql`fl_date_diff(${from}, ${to}, ${unit})`, writer)
    const q = sql.id(writer.nextAlias())
    return counted(
      sql`(SELECT ${difference(q, unit, isMoment(call))} FROM (SELECT ${from} AS f, ${to} AS t) AS ${q})`,
      writer,
    )
  },
}

type Alias = RawBuilder<unknown>

function moved(q: Alias, unit: string): Sql {
  const [d, n] = [sql`${q}.d`, sql`${q}.n`]
  const tail = sql`substr(${d}, 11)`
  if (unit === 'day' || unit === 'week') {
    const target = sql`(CAST(${dateIn(d)} - ${firstDay} AS numeric) + ${n} * ${sql.lit(unit === 'week' ? 7 : 1)})`
    return sql`CASE WHEN ${target} >= 0 AND ${target} < ${sql.lit(days)} THEN to_char(${firstDay} + ${clamped(target, days)}, 'YYYY-MM-DD') || ${tail} END`
  }
  if (unit === 'month' || unit === 'year') {
    const months = sql`(${n} * ${sql.lit(unit === 'year' ? 12 : 1)})`
    const index = sql`(CAST(substr(${d}, 1, 4) AS numeric) * 12 + CAST(substr(${d}, 6, 2) AS numeric) - 1 + ${months})`
    const target = sql`${dateIn(d)} + make_interval(months => ${clamped(months, 120_000)})`
    return sql`CASE WHEN ${index} >= 12 AND ${index} < 120000 THEN to_char(${target}, 'YYYY-MM-DD') || ${tail} END`
  }
  const target = sql`(CAST(${dateIn(d)} - ${firstDay} AS numeric) * 86400 + ${clockOf(d)} + ${n} * ${sql.lit(secondsOf[unit] ?? 1)})`
  const clock = sql`TIMESTAMP '0001-01-01' + make_interval(days => ${clamped(sql`div(${target}, 86400)`, days)}, secs => CAST(mod(${target}, 86400) AS double precision))`
  return sql`CASE WHEN ${target} >= 0 AND ${target} < ${sql.lit(days * 86_400)} THEN to_char(${clock}, 'YYYY-MM-DD"T"HH24:MI:SS') || substr(${d}, 20) END`
}

/** The planner computes constant parts ahead of the CASE that guards them, so the cast itself must not fail. */
function clamped(value: Sql, limit: number): Sql {
  return sql`CAST(greatest(least(${value}, ${sql.lit(limit)}), ${sql.lit(-limit)}) AS integer)`
}

function difference(q: Alias, unit: string, moments: boolean): Sql {
  const [f, t] = [sql`${q}.f`, sql`${q}.t`]
  if (unit === 'month') return wholeMonths(f, t)
  if (unit === 'year') return sql`trunc(CAST(${wholeMonths(f, t)} AS numeric) / 12)`
  const between = sql`CAST(${dateIn(t)} - ${dateIn(f)} AS numeric)`
  if (!moments) return unit === 'week' ? sql`div(${between}, 7)` : between
  const milliseconds = sql`(${between} * 86400000 + (${clockOf(t)} - ${clockOf(f)}) * 1000 + CAST(substr(${t}, 21, 3) AS numeric) - CAST(substr(${f}, 21, 3) AS numeric))`
  return sql`div(${milliseconds}, ${sql.lit((secondsOf[unit] ?? 1) * 1000)})`
}

function wholeMonths(f: Sql, t: Sql): Sql {
  const months = sql`((CAST(substr(${t}, 1, 4) AS integer) - CAST(substr(${f}, 1, 4) AS integer)) * 12 + CAST(substr(${t}, 6, 2) AS integer) - CAST(substr(${f}, 6, 2) AS integer))`
  const [rest, start] = [sql`substr(${t}, 9) COLLATE "C"`, sql`substr(${f}, 9) COLLATE "C"`]
  return sql`(${months} + CASE WHEN ${months} > 0 AND ${rest} < ${start} THEN -1 WHEN ${months} < 0 AND ${rest} > ${start} THEN 1 ELSE 0 END)`
}

function dateIn(text: Sql): Sql {
  return sql`CAST(substr(${text}, 1, 10) AS date)`
}

function clockOf(text: Sql): Sql {
  return sql`(CAST(substr(${text}, 12, 2) AS numeric) * 3600 + CAST(substr(${text}, 15, 2) AS numeric) * 60 + CAST(substr(${text}, 18, 2) AS numeric))`
}

function isMoment(call: CallNode): boolean {
  return call.args.slice(0, 2).some((arg) => arg.type.is === 'datetime')
}

function part(start: number, size: number): Twin {
  return {
    value(call: CallNode, writer: Writer) {
      const date = writer.value(call.args[0] as Node).sql
      return counted(sql`CAST(substr(${date}, ${sql.lit(start)}, ${sql.lit(size)}) AS integer)`, writer)
    },
  }
}
