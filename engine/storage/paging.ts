/** Keyset paging: order, and the condition "after that row". Empty is the smallest value on both databases. */
import { type RawBuilder, sql } from 'kysely'
import { parseDuration } from '#base/dates.ts'
import { parseDecimal } from '#base/decimal.ts'
import { Refusal } from '#base/problems.ts'
import type { Json } from '#base/json.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { type Column, columnFor } from './columns.ts'
import type { Frame, Key } from './query-frame.ts'
import type { SortKey } from './query-plan.ts'

type Direction = SortKey['direction']

/** One sort key in SQL; the id is always the last. */
export interface OrderKey {
  readonly sql: RawBuilder<unknown>
  readonly direction: Direction
  /** Reads and binds the key's values, exactly. */
  readonly column: Column
  readonly isDecimal: boolean
}

export function orderKeys(frame: Frame, sort: readonly SortKey[]): readonly OrderKey[] {
  const last: Direction = sort.at(-1)?.direction ?? 'asc'
  const asked = sort.filter((key) => key.field !== 'id' || key.compiled !== undefined).map((key) => orderKey(frame, sortable(frame, key), key.direction))
  return [...asked, orderKey(frame, { type: valueTypes.text, sql: sql.ref('t.id') }, last)]
}

/** A link sorts by the title of what it points at. */
function sortable(frame: Frame, { field, compiled }: SortKey): Key {
  const key = frame.key(field, compiled)
  return key.type.is === 'record' && field !== 'id' ? { type: valueTypes.text, sql: frame.titleOf(key) } : key
}

function orderKey(frame: Frame, key: Key, direction: Direction): OrderKey {
  return { sql: key.sql, direction, column: columnFor('key', key.type, frame.dialect), isDecimal: key.type.is === 'decimal' }
}

export function orderBy(frame: Frame, keys: readonly OrderKey[]): RawBuilder<unknown> {
  const terms = keys.map(({ sql: key, direction }) => {
    if (frame.dialect === 'sqlite') return direction === 'asc' ? sql`${key} asc` : sql`${key} desc`
    return direction === 'asc' ? sql`${key} asc nulls first` : sql`${key} desc nulls last`
  })
  return sql`order by ${sql.join(terms)}`
}

/** The key of a row as columns `k0`, `k1`, …, read without loss. */
export function keyColumns(frame: Frame, keys: readonly OrderKey[]): readonly RawBuilder<unknown>[] {
  return keys.map((key, index) => {
    const value = key.isDecimal && frame.dialect === 'sqlite' ? sql`cast(${key.sql} as text)` : key.sql
    return sql`${value} as ${sql.id(`k${index}`)}`
  })
}

export function keyOf(row: Readonly<Record<string, unknown>>, keys: readonly OrderKey[]): readonly Json[] {
  return keys.map((key, index) => key.column.fromColumn(row[`k${index}`]))
}

/** Rows that come strictly after `values`. Refusal `query-invalid` when the cursor does not fit the sort. */
export function afterKey(keys: readonly OrderKey[], values: readonly Json[]): RawBuilder<unknown> {
  if (values.length !== keys.length) throw invalidCursor()
  const bound = keys.map((key, index) => bind(key, values[index] ?? null))
  const paths = keys.map((_, last) => {
    const equal = keys.slice(0, last).map((key, index) => equals(key, bound[index]))
    return sql`(${sql.join([...equal, beyond(keys[last] as OrderKey, bound[last])], sql` and `)})`
  })
  const exact = sql`(${sql.join(paths, sql` or `)})`
  const coarse = atOrBeyond(keys[0] as OrderKey, bound[0])
  return coarse === null ? exact : sql`${coarse} and ${exact}`
}

function bind({ column }: OrderKey, value: Json): unknown {
  if (!fits(column.type, value)) throw invalidCursor()
  return column.toColumn(value)
}

/** A cursor travels through the caller's hands. */
function fits(type: ValueType, value: Json): boolean {
  if (value === null) return true
  if (type.is === 'boolean') return typeof value === 'boolean'
  if (type.is === 'integer') return Number.isSafeInteger(value)
  if (typeof value !== 'string') return false
  if (type.is === 'decimal') return parseDecimal(value) !== null
  return type.is !== 'duration' || parseDuration(value) !== null
}

function invalidCursor(): Refusal {
  return new Refusal('query-invalid', { issues: [{ pointer: '/cursor', code: 'cursor-invalid' }] })
}

/** An upper bound of the whole condition that an index can start from. */
function atOrBeyond({ sql: key, direction }: OrderKey, value: unknown): RawBuilder<unknown> | null {
  if (value === null) return null
  return direction === 'asc' ? sql`${key} >= ${value}` : sql`(${key} <= ${value} or ${key} is null)`
}

function equals({ sql: key }: OrderKey, value: unknown): RawBuilder<unknown> {
  return value === null ? sql`${key} is null` : sql`${key} = ${value}`
}

function beyond({ sql: key, direction }: OrderKey, value: unknown): RawBuilder<unknown> {
  if (direction === 'asc') return value === null ? sql`${key} is not null` : sql`${key} > ${value}`
  return value === null ? sql`1 = 0` : sql`(${key} < ${value} or ${key} is null)`
}
