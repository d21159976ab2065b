/** Counts and sums by group, over what may be read. */
import { type RawBuilder, sql } from 'kysely'
import { divideDecimals, formatDecimal, fromScaled, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { columnFor } from './columns.ts'
import { type Connection, dialectOf } from './connection.ts'
import type { ResultRow } from './prepared.ts'
import { Frame, type Key } from './query-frame.ts'
import type { AggregateAnswer, AggregatePlan, GroupKey, Measure } from './query-plan.ts'
import { withSearch } from './search.ts'
import { LinkedIds } from './titles.ts'

/** One column of the answer: its SQL parts, and its value from a row. */
interface Output {
  readonly name: string
  readonly select: readonly RawBuilder<unknown>[]
  read(row: ResultRow): Json
}

export async function runAggregate(db: Connection, plan: AggregatePlan): Promise<AggregateAnswer> {
  const frame = new Frame(await withSearch(db, plan), dialectOf(db))
  const groups = plan.group.map((key, index) => groupOf(frame, key, index))
  const measures = plan.measures.map((measure, index) => measureOf(frame, measure, index))
  const outputs = [...groups, ...measures]
  const source = frame.source()
  const { rows } =
    await sql<ResultRow>`${frame.tables.with()}select ${sql.join(outputs.flatMap((output) => output.select))} ${source}${groupBy(frame, groups)} limit ${plan.limit}`.execute(
      db,
    )
  const answers = rows.map((row) => Object.fromEntries(outputs.map((output) => [output.name, output.read(row)])))
  const linked = new LinkedIds()
  for (const row of answers)
    linked.addAll(
      groups.map((group) => [group.name, group.type] as const),
      row,
    )
  return { rows: answers, titles: await linked.titles(db, plan) }
}

/** PostgreSQL groups by what is selected, for bound values make two equal expressions differ; SQLite by the number, not by its text. */
function groupBy(frame: Frame, groups: readonly { readonly key: RawBuilder<unknown> }[]): RawBuilder<unknown> {
  if (groups.length === 0) return sql``
  const isSqlite = frame.dialect === 'sqlite'
  const keys = groups.map(({ key }, index) => (isSqlite ? key : sql.id(`g$${index}`)))
  return sql` group by ${sql.join(keys)} order by ${sql.join(keys.map((key) => (isSqlite ? key : sql`${key} asc nulls first`)))}`
}

function groupOf(
  frame: Frame,
  { field, bucket, compiled }: GroupKey,
  index: number,
): Output & { readonly key: RawBuilder<unknown>; readonly type: ValueType } {
  const whole = frame.key(field, compiled)
  const key = bucket === undefined ? whole : { type: valueTypes.text, sql: bucketed(frame, whole.sql, bucket) }
  const name = `g$${index}`
  return {
    name: field,
    type: key.type,
    key: key.sql,
    select: [exact(frame, key, name)],
    read: reader(frame, key.type, name),
  }
}

/** `2026-11-22`, `2026-W47` (ISO 8601), `2026-11`, `2026-Q4`, `2026`. */
function bucketed(
  frame: Frame,
  date: RawBuilder<unknown>,
  bucket: NonNullable<GroupKey['bucket']>,
): RawBuilder<unknown> {
  if (bucket === 'day') return sql`substr(${date}, 1, 10)`
  if (bucket === 'month') return sql`substr(${date}, 1, 7)`
  if (bucket === 'year') return sql`substr(${date}, 1, 4)`
  if (bucket === 'quarter')
    return sql`substr(${date}, 1, 4) || '-Q' || ((cast(substr(${date}, 6, 2) as integer) + 2) / 3)`
  return frame.dialect === 'sqlite'
    ? sql`strftime('%G-W%V', substr(${date}, 1, 10))`
    : sql`to_char(cast(substr(${date}, 1, 10) as date), 'IYYY-"W"IW')`
}

function measureOf(frame: Frame, measure: Measure, index: number): Output {
  const { name, op } = measure
  const [value, counted] = [`m$${index}`, `n$${index}`]
  if (op === 'count') return { name, select: [sql`count(*) as ${sql.id(value)}`], read: (row) => Number(row[value]) }
  const key = frame.key(measure.field ?? 'id', measure.compiled)
  if (op === 'distinct')
    return { name, select: [sql`count(distinct ${key.sql}) as ${sql.id(value)}`], read: (row) => Number(row[value]) }
  if (op === 'avg')
    return {
      name,
      select: [
        exact(frame, { ...key, sql: sql`sum(${key.sql})` }, value),
        sql`count(${key.sql}) as ${sql.id(counted)}`,
      ],
      read: (row) => average(reader(frame, key.type, value)(row), Number(row[counted])),
    }
  if (op === 'sum')
    return {
      name,
      select: [exact(frame, { ...key, sql: sql`coalesce(sum(${key.sql}), 0)` }, value)],
      read: reader(frame, key.type, value),
    }
  return {
    name,
    select: [exact(frame, { ...key, sql: sql`${op === 'min' ? sql`min` : sql`max`}(${key.sql})` }, value)],
    read: reader(frame, key.type, value),
  }
}

/** Whole numbers leave SQLite as text: their sums may be longer than a number of JavaScript. */
function exact(frame: Frame, key: Key, name: string): RawBuilder<unknown> {
  const isNumber = key.type.is === 'decimal' || key.type.is === 'integer' || key.type.is === 'duration'
  return isNumber && frame.dialect === 'sqlite'
    ? sql`cast(${key.sql} as text) as ${sql.id(name)}`
    : sql`${key.sql} as ${sql.id(name)}`
}

function reader(frame: Frame, type: ValueType, name: string): (row: ResultRow) => Json {
  const column = columnFor(name, type, frame.dialect)
  if (type.is !== 'integer') return (row) => column.fromColumn(row[name])
  return (row) => (row[name] === null ? null : wholeNumber(String(row[name])))
}

function wholeNumber(text: string): Json {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

/** At most 12 decimals, half away from zero. */
function average(sum: Json, count: number): Json {
  const total = sum === null ? null : parseDecimal(String(sum))
  const quotient = total === null ? null : divideDecimals(total, fromScaled(count, 0))
  return quotient === null ? null : formatDecimal(quotient)
}
