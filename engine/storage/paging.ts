/** Keyset paging: order, and the condition "after that row". Empty is the smallest value on both databases. */
import { type RawBuilder, sql } from 'kysely'
import { parseDuration } from '#base/dates.ts'
import { parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
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
  readonly mayBeEmpty: boolean
}

/** System fields that every record has. */
const neverEmpty = new Set(['id', 'version', 'created_at', 'updated_at'])

export function orderKeys(frame: Frame, sort: readonly SortKey[]): readonly OrderKey[] {
  const last: Direction = sort.at(-1)?.direction ?? 'asc'
  const asked = sort
    .filter((key) => key.field !== 'id' || key.compiled !== undefined)
    .map((key) => orderKey(frame, sortable(frame, key), key))
  const id = { type: valueTypes.text, sql: sql.ref('t.id') }
  return [...asked, orderKey(frame, id, { field: 'id', direction: last })]
}

/** A link sorts by the title of what it points at. */
function sortable(frame: Frame, { field, compiled }: SortKey): Key {
  const key = frame.key(field, compiled)
  return key.type.is === 'record' && field !== 'id' ? { type: valueTypes.text, sql: frame.titleOf(key) } : key
}

function orderKey(frame: Frame, key: Key, { field, direction, compiled }: SortKey): OrderKey {
  return {
    sql: key.sql,
    direction,
    column: columnFor('key', key.type, frame.dialect),
    isDecimal: key.type.is === 'decimal',
    mayBeEmpty: compiled !== undefined || !neverEmpty.has(field),
  }
}

export function orderBy({ dialect }: Pick<Frame, 'dialect'>, keys: readonly OrderKey[]): RawBuilder<unknown> {
  const terms = keys.map(({ sql: key, direction }, index) => {
    // The id is never empty, and PostgreSQL's primary key only fits an order that does not say where empties go.
    if (dialect === 'sqlite' || index === keys.length - 1)
      return direction === 'asc' ? sql`${key} asc` : sql`${key} desc`
    return direction === 'asc' ? sql`${key} asc nulls first` : sql`${key} desc nulls last`
  })
  return sql`order by ${sql.join(terms)}`
}

/** The key of a row as columns `k0`, `k1`, …, read without loss. */
export function keyColumns(
  { dialect }: Pick<Frame, 'dialect'>,
  keys: readonly OrderKey[],
): readonly RawBuilder<unknown>[] {
  return keys.map((key, index) => {
    const value = key.isDecimal && dialect === 'sqlite' ? sql`cast(${key.sql} as text)` : key.sql
    return sql`${value} as ${sql.id(`k$${index}`)}`
  })
}

export function keyOf(row: Readonly<Record<string, unknown>>, keys: readonly OrderKey[]): readonly Json[] {
  return keys.map((key, index) => key.column.fromColumn(row[`k$${index}`]))
}

/** A cursor as it is bound. Refusal `query-invalid` when it does not fit the sort. */
export function bindCursor(keys: readonly OrderKey[], values: readonly Json[]): readonly unknown[] {
  if (values.length !== keys.length) throw invalidCursor()
  return keys.map((key, index) => bind(key, values[index] ?? null))
}

/**
 * Rows that come strictly after the bound cursor, as conditions to be asked one after the other: each lets an index start at its place,
 * which one condition over empties and values does not.
 */
export function afterKey(keys: readonly OrderKey[], bound: readonly unknown[]): readonly RawBuilder<unknown>[] {
  const [first, ...rest] = keys as [OrderKey, ...OrderKey[]]
  const [value, ...others] = bound
  const later = rest.length === 0 ? sql`1 = 0` : beyondAll(rest, others)
  const { sql: key, direction, mayBeEmpty } = first
  if (value === null)
    return direction === 'asc'
      ? [sql`(${key} is null and ${later})`, sql`${key} is not null`]
      : [sql`(${key} is null and ${later})`]
  if (rest.length === 0) return [direction === 'asc' ? sql`${key} > ${value}` : sql`${key} < ${value}`]
  const equal = sql`(${key} = ${value} and ${later})`
  if (direction === 'asc') return [sql`(${key} >= ${value} and (${key} > ${value} or ${equal}))`]
  const lower = sql`(${key} <= ${value} and (${key} < ${value} or ${equal}))`
  return mayBeEmpty ? [lower, sql`${key} is null`] : [lower]
}

/** Lexicographic: beyond in one key, equal in those before it. */
function beyondAll(keys: readonly OrderKey[], bound: readonly unknown[]): RawBuilder<unknown> {
  const paths = keys.map((key, last) => {
    const equal = keys.slice(0, last).map((one, index) => equals(one, bound[index]))
    return sql`(${sql.join([...equal, beyond(key, bound[last])], sql` and `)})`
  })
  return sql`(${sql.join(paths, sql` or `)})`
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

function equals({ sql: key }: OrderKey, value: unknown): RawBuilder<unknown> {
  return value === null ? sql`${key} is null` : sql`${key} = ${value}`
}

function beyond({ sql: key, direction }: OrderKey, value: unknown): RawBuilder<unknown> {
  if (direction === 'asc') return value === null ? sql`${key} is not null` : sql`${key} > ${value}`
  return value === null ? sql`1 = 0` : sql`(${key} < ${value} or ${key} is null)`
}
