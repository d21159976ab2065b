/** Roll-ups computed afresh from their sources: one grouped query per call, exact on both databases. */
import { type RawBuilder, sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import { formatDuration } from '#base/dates.ts'
import { divideDecimals, formatDecimal, fromScaled, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { FieldModel, Model, RollupModel } from '#definitions/model.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Surroundings } from '#expressions/expression.ts'
import { formOf, rollupPlace, tableOf } from '#expressions/places.ts'
import { columnFor } from './columns.ts'
import type { Connection, Dialect } from './connection.ts'
import { joinName, tableNames } from './names.ts'
import { predicateSql } from './predicate.ts'
import { hole, type ResultRow, Template } from './prepared.ts'
import type { Predicate } from './query-plan.ts'
import { listOf, oneOf } from './sql-text.ts'
import { TableStore } from './table-store.ts'

/** A roll-up's `where` sees its source only: nobody and no moment. */
const nowhere: Surroundings = { now: '1970-01-01T00:00:00.000Z', today: '1970-01-01', zone: 'UTC', user: null }

type ComputeRollup = (db: Connection, targetIds: readonly string[]) => Promise<Map<string, Json>>

/** The function that computes one roll-up; everything about its definition is settled here, once. */
export function prepareRollup(model: Model, rollup: RollupModel, dialect: Dialect): ComputeRollup {
  const source = sourceOf(model, rollup, dialect)
  const measured = measureOf(rollup, source)
  const query = new Template(() => statement(source, measured))
  return async (db, targetIds) => {
    const values = new Map<string, Json>(targetIds.map((id) => [id, measured.none]))
    if (targetIds.length === 0) return values
    const keys = targetIds.map((id) => source.prefix + id)
    for (const row of await query.rows(db, [listOf(dialect, keys)]))
      values.set(String(row['target']).slice(source.prefix.length), measured.read(row))
    return values
  }
}

interface Source {
  readonly dialect: Dialect
  readonly store: TableStore
  /** `from … where living and where`, the source as `s`, its record as `p` where it is a row. */
  readonly from: RawBuilder<unknown>
  /** What holds the target's id. */
  readonly target: RawBuilder<unknown>
  /** `form/` where the link may point at several forms. */
  readonly prefix: string
}

function sourceOf(model: Model, rollup: RollupModel, dialect: Dialect): Source {
  const { source, definition } = rollup
  const table = tableOf(model, source.form, source.table)
  const store = new TableStore(table, dialect)
  const isRow = source.table !== undefined
  const parent = isRow ? sql` join ${sql.id(tableNames.table(source.form))} as p on p.id = s.parent_id` : sql``
  const link = table.fields.get(definition.link) ?? formOf(model, source.form).fields.get(definition.link)
  if (link === undefined) throw new Bug('a roll-up over no link', { form: source.form, link: definition.link })
  const holder = table.fields.has(definition.link) ? 's' : 'p'
  const join = joinOf(rollup, link, { holder, isRow: isRow && holder === 's' })
  const condition = predicateSql(whereOf(model, rollup), {
    dialect,
    alias: 's',
    ...(isRow ? { parentAlias: 'p' } : {}),
    store,
    around: nowhere,
    names: tableNames,
  })
  return {
    dialect,
    store,
    from: sql`from ${store.table} as s${parent}${join ?? sql``} where ${sql.ref(isRow ? 'p.deleted_at' : 's.deleted_at')} is null and ${condition}`,
    target: join === null ? sql.ref(`${holder}.${link.name}`) : sql.ref('j.target_id'),
    prefix: link.type.is === 'any_record' ? `${rollup.target.form}/` : '',
  }
}

/** A list of links stands in its own table. */
function joinOf(
  rollup: RollupModel,
  link: FieldModel,
  at: { readonly holder: string; readonly isRow: boolean },
): RawBuilder<unknown> | null {
  if (link.type.is !== 'list') return null
  const name = joinName(rollup.source.form, link.name, at.isRow ? rollup.source.table : undefined)
  return sql` join ${sql.id(name)} as j on j.parent_id = ${sql.ref(`${at.holder}.id`)}`
}

function whereOf(model: Model, rollup: RollupModel): Predicate {
  if (rollup.definition.where === undefined) return { always: true }
  const place = rollupPlace(model, tableOf(model, rollup.source.form, rollup.source.table))
  const answer = compileExpression(rollup.definition.where, place, valueTypes.boolean)
  if (!answer.ok)
    throw new Bug('a published roll-up does not compile', { field: rollup.target.field.name, issues: answer.issues })
  return { compiled: answer.value, place }
}

interface Measured {
  /** Select list after the target. */
  readonly select: RawBuilder<unknown>
  /** Value of a target without sources. */
  readonly none: Json
  /** `latest` and `any` take one source per target instead of grouping. */
  readonly order: RawBuilder<unknown> | null
  read(row: ResultRow): Json
}

function measureOf(rollup: RollupModel, source: Source): Measured {
  const { op, field } = rollup.definition
  const to = rollup.target.field.type
  if (op === 'count') return grouped(sql`count(*) as value`, inType(0, to), (row) => inType(Number(row['value']), to))
  const type = field === undefined ? valueTypes.boolean : typeOf(source, field)
  const column = sql.ref(`s.${field ?? 'id'}`)
  if (op === 'distinct')
    return grouped(sql`count(distinct ${column}) as value`, inType(0, to), (row) => inType(Number(row['value']), to))
  const exact = (expression: RawBuilder<unknown>, name: string) =>
    type.is === 'decimal' && source.dialect === 'sqlite'
      ? sql`cast(${expression} as text) as ${sql.id(name)}`
      : sql`${expression} as ${sql.id(name)}`
  const out = columnFor(field ?? 'id', type, source.dialect)
  const read = (row: ResultRow) => converted(out.fromColumn(row['value']), to)
  if (op === 'avg')
    return grouped(sql`${exact(sql`sum(${column})`, 'value')}, count(${column}) as counted`, null, (row) =>
      averaged(out.fromColumn(row['value']), Number(row['counted']), to),
    )
  if (op === 'sum')
    return grouped(exact(sql`sum(${column})`, 'value'), inType(0, to), (row) => read(row) ?? inType(0, to))
  if (op === 'min' || op === 'max')
    return grouped(exact(sql`${op === 'min' ? sql`min` : sql`max`}(${column})`, 'value'), null, read)
  if (op === 'any' && to.is === 'boolean') return existing(type, column, field !== undefined)
  return { select: exact(column, 'value'), none: null, order: op === 'latest' ? sql`s.id desc` : sql`s.id`, read }
}

function grouped(select: RawBuilder<unknown>, none: Json, read: (row: ResultRow) => Json): Measured {
  return { select, none, order: null, read }
}

/** Is there any, or with a field: any where it is true (not empty)? */
function existing(type: ValueType, column: RawBuilder<unknown>, hasField: boolean): Measured {
  if (!hasField) return grouped(sql`count(*) as value`, false, (row) => Number(row['value']) > 0)
  const counted =
    type.is === 'boolean' ? sql`count(case when ${column} then 1 end) as value` : sql`count(${column}) as value`
  return grouped(counted, false, (row) => Number(row['value']) > 0)
}

function statement(source: Source, { select, order }: Measured): RawBuilder<unknown> {
  const { target, from, dialect } = source
  const among = sql`${from} and ${oneOf(dialect, target, hole(0))}`
  if (order === null) return sql`select ${target} as target, ${select} ${among} group by ${target}`
  const ranked = sql`select ${target} as target, ${select}, row_number() over (partition by ${target} order by ${order}) as place ${among}`
  return sql`select target, value from (${ranked}) as ranked where place = 1`
}

function typeOf(source: Source, field: string): ValueType {
  return source.store.column(field).type
}

/** A number in the shape of the target's type. */
function inType(value: number, to: ValueType): Json {
  if (to.is === 'duration') return formatDuration(value)
  return to.is === 'decimal' ? formatDecimal(fromScaled(value, 0), to.scale) : value
}

/** Between number types; everything else fits as it is. */
function converted(value: Json, to: ValueType): Json {
  if (value === null || (to.is !== 'decimal' && to.is !== 'integer')) return value
  const decimal = parseDecimal(String(value))
  if (decimal === null) return value
  return to.is === 'decimal' ? formatDecimal(decimal, to.scale) : Number(formatDecimal(decimal, 0))
}

function averaged(sum: Json, count: number, to: ValueType): Json {
  const total = sum === null ? null : parseDecimal(String(sum))
  const quotient = total === null ? null : divideDecimals(total, fromScaled(count, 0))
  return quotient === null ? null : converted(formatDecimal(quotient), to)
}
