/** How a value of each type stands in a column: its declaration, and the way in and out. */
import { type RawBuilder, sql } from 'kysely'
import { Bug, never } from '#base/bug.ts'
import { formatDuration, parseDuration } from '#base/dates.ts'
import { formatDecimal, parseDecimal, toScaled } from '#base/decimal.ts'
import { isObject, type Json } from '#base/json.ts'
import type { FieldModel, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Dialect } from './connection.ts'

/** One stored scalar of a form or table. */
export interface Column {
  readonly name: string
  readonly type: ValueType
  /** The column, or a cast of it where the driver would lose digits. */
  readonly read: RawBuilder<unknown>
  /** Type name for casts of bound text (PostgreSQL). */
  readonly cast: string
  /** Wire value → bound parameter. */
  toColumn(wire: Json | undefined): unknown
  /** Column value → wire value. */
  fromColumn(raw: unknown): Json
}

/** False for tables, `links` fields and what is computed when read. */
export function hasColumn(field: FieldModel): boolean {
  return field.stored && field.type.is !== 'rows' && !isLinks(field.type)
}

/** A list of records lives in a join table. */
export function isLinks(type: ValueType): boolean {
  return type.is === 'list' && type.of.is === 'record'
}

export function columnsOf(table: TableModel, dialect: Dialect): readonly Column[] {
  return [...table.fields.values()].filter(hasColumn).map((field) => columnFor(field.name, field.type, dialect))
}

export function columnFor(name: string, type: ValueType, dialect: Dialect): Column {
  const codec = dialect === 'sqlite' ? sqliteCodec(type) : postgresCodec(type)
  return {
    name,
    type,
    read: dialect === 'sqlite' && type.is === 'decimal' ? sql`cast(${sql.id(name)} as text)` : sql.id(name),
    cast: postgresType(type),
    toColumn: (wire) => (wire === null || wire === undefined || wire === '' ? null : codec.into(wire)),
    fromColumn: (raw) => (raw === null || raw === undefined ? null : codec.out(raw)),
  }
}

/** The stable name of a column's shape: what decides whether a value fits after a definition changed. */
export function columnType(type: ValueType): string {
  switch (type.is) {
    case 'decimal':
      return `decimal(${type.scale})`
    case 'record':
      return type.table === undefined ? `record:${type.form}` : `record:${type.form}.${type.table}`
    case 'list':
      return type.of.is === 'record' ? `links:${type.of.form}` : 'list'
    default:
      return type.is
  }
}

/** Column type as SQLite spells it. */
export function sqliteType(type: ValueType): 'integer' | 'text' {
  return type.is === 'boolean' || type.is === 'integer' || type.is === 'duration' || type.is === 'decimal'
    ? 'integer'
    : 'text'
}

/** Column type as PostgreSQL spells it, without collation. */
export function postgresType(type: ValueType): string {
  switch (type.is) {
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'duration':
      return 'bigint'
    case 'decimal':
      return `numeric(${Math.max(18, type.scale)},${type.scale})`
    case 'list':
    case 'opaque':
      return 'jsonb'
    default:
      return 'text'
  }
}

interface Codec {
  into(wire: Json): unknown
  out(raw: unknown): Json
}

const plain: Codec = { into: (wire) => wire, out: (raw) => raw as Json }
const duration: Codec = { into: secondsOf, out: (raw) => formatDuration(Number(raw)) }
const json: Codec = {
  into: (wire) => JSON.stringify(wire),
  out: (raw) => (typeof raw === 'string' ? (JSON.parse(raw) as Json) : (raw as Json)),
}
const jsonb: Codec = { into: (wire) => JSON.stringify(wire), out: (raw) => raw as Json }
const anyRecord: Codec = {
  into: (wire) => (isObject(wire) ? `${String(wire.form)}/${String(wire.id)}` : wire),
  out: (raw) => raw as Json,
}

function sqliteCodec(type: ValueType): Codec {
  if (type.is === 'boolean') return { into: (wire) => (wire === true ? 1 : 0), out: (raw) => raw === 1 }
  if (type.is === 'decimal') return scaledInteger(type.scale)
  if (type.is === 'list' || type.is === 'opaque') return json
  return commonCodec(type)
}

function postgresCodec(type: ValueType): Codec {
  if (type.is === 'boolean') return plain
  if (type.is === 'decimal') return { into: (wire) => String(wire), out: (raw) => fixed(String(raw), type.scale) }
  if (type.is === 'list' || type.is === 'opaque') return jsonb
  return commonCodec(type)
}

function commonCodec(type: ValueType): Codec {
  switch (type.is) {
    case 'duration':
      return duration
    case 'any_record':
      return anyRecord
    case 'integer':
    case 'text':
    case 'date':
    case 'time':
    case 'datetime':
    case 'record':
    case 'empty':
      return plain
    case 'boolean':
    case 'decimal':
    case 'list':
    case 'opaque':
    case 'rows':
      throw new Bug('no plain column', { type: type.is })
    default:
      return never(type)
  }
}

function scaledInteger(scale: number): Codec {
  return {
    into(wire) {
      const decimal = parseDecimal(String(wire))
      if (decimal === null) throw new Bug('not a decimal', { wire })
      return toScaled(decimal, scale)
    },
    out: (raw) => pointAt(String(raw), scale),
  }
}

function secondsOf(wire: Json): number {
  const seconds = typeof wire === 'string' ? parseDuration(wire) : wire
  if (typeof seconds !== 'number') throw new Bug('not a duration', { wire })
  return seconds
}

/** `-1250` at scale 2 → `-12.50`. */
export function pointAt(scaled: string, scale: number): string {
  if (scale === 0) return scaled
  const sign = scaled.startsWith('-') ? '-' : ''
  const digits = scaled.slice(sign.length).padStart(scale + 1, '0')
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** Sums may come with more or fewer decimals than the field. */
function fixed(text: string, scale: number): string {
  const point = text.indexOf('.')
  if (scale > 0 ? point === text.length - scale - 1 : point === -1) return text
  const decimal = parseDecimal(text)
  return decimal === null ? text : formatDecimal(decimal, scale)
}
