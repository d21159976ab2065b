/** Columns and bound values as fragments: the same value in the form that each database computes with. */
import { sql } from 'kysely'
import { type Decimal, formatDecimal, fromScaled, isDecimal, significantDigits, toScaled } from '#base/decimal.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from '#expressions/expression.ts'
import { nativeDigits } from './numbers.ts'
import type { Fragment, Sql } from './writer.ts'

type Dialect = 'sqlite' | 'postgres'

/** A stored decimal has at most 15 digits at its scale, a whole number at most 16. */
export function columnFragment(column: Sql, type: ValueType, dialect: Dialect): Fragment {
  if (type.is === 'decimal')
    return { sql: column, form: dialect === 'sqlite' ? { scale: type.scale, digits: 15 } : 'numeric' }
  if (type.is !== 'integer' && type.is !== 'duration') return { sql: column }
  if (dialect === 'sqlite') return { sql: column, form: { scale: 0, digits: 16 } }
  return { sql: sql`CAST(${column} AS numeric)`, form: 'numeric', raw: column }
}

/** A value known while the query is written, bound as a parameter. */
export function constantFragment(value: Value, type: ValueType, dialect: Dialect): Fragment {
  return dialect === 'sqlite' ? sqliteConstant(value, type) : postgresConstant(value, type)
}

function sqliteConstant(value: Value, type: ValueType): Fragment {
  if (value === null) return isNumeric(type) ? { sql: sql`NULL`, form: { scale: 0, digits: 1 } } : { sql: sql`NULL` }
  if (typeof value === 'boolean') return { sql: value ? sql`1` : sql`0` }
  if (typeof value === 'number') return sqliteNumber(fromScaled(value, 0))
  if (isDecimal(value)) return sqliteNumber(value)
  return { sql: sql`${typeof value === 'string' ? value : JSON.stringify(value)}` }
}

function sqliteNumber(value: Decimal): Fragment {
  const digits = Math.max(significantDigits(value), 1)
  if (digits > nativeDigits) return { sql: sql`${formatDecimal(value)}`, form: 'exact' }
  const text = formatDecimal(value)
  const point = text.indexOf('.')
  const scale = point < 0 ? 0 : text.length - point - 1
  return { sql: sql`${toScaled(value, scale)}`, form: { scale, digits } }
}

function postgresConstant(value: Value, type: ValueType): Fragment {
  if (value !== null && typeof value === 'object' && !isDecimal(value))
    return { sql: sql`CAST(${JSON.stringify(value)} AS jsonb)` }
  const bound = value === null ? null : isDecimal(value) ? formatDecimal(value) : String(value)
  if (isNumeric(type)) return { sql: sql`CAST(${bound} AS numeric)`, form: 'numeric' }
  if (type.is === 'boolean') return { sql: sql`CAST(${bound} AS boolean)` }
  if (type.is === 'list' || type.is === 'opaque') return { sql: sql`CAST(${bound} AS jsonb)` }
  return type.is === 'empty' ? { sql: sql`NULL` } : { sql: sql`CAST(${bound} AS text)` }
}

function isNumeric(type: ValueType): boolean {
  return type.is === 'integer' || type.is === 'decimal' || type.is === 'duration'
}
