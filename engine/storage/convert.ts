/** Values moved into a column of another type, where nothing can be lost. */
import { sql } from 'kysely'
import type { ValueType } from '#definitions/value-type.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { columnFor } from './columns.ts'
import type { Ddl } from './ddl.ts'

export interface Conversion {
  readonly table: string
  /** Where the values stand. */
  readonly column: string
  /** Name of the old column's shape, as `columnType` made it. */
  readonly from: string
  readonly to: ValueType
}

/** Digits that a decimal column holds. */
const digits = 18
const page = 500

/** integer → decimal and decimal → more decimals while they fit, any single value → text. */
export async function isLossless(ddl: Ddl, conversion: Conversion): Promise<boolean> {
  const from = typeOfColumn(conversion.from)
  if (from === null) return false
  if (conversion.to.is === 'text') return conversion.to.options === undefined
  const more = addedDecimals(from, conversion.to)
  return more !== null && more >= 0 && !(await hasLongerThan(ddl, conversion, digits - more - heldDecimals(ddl, from)))
}

/** Copies every value; call only when `isLossless`. */
export async function convert(ddl: Ddl, conversion: Conversion & { readonly into: string }): Promise<void> {
  const from = typeOfColumn(conversion.from)
  if (from === null) return
  if (conversion.to.is === 'text' && !isTextColumn(from)) await copyAsText(ddl, conversion, from)
  else await copyInPlace(ddl, conversion, from)
}

/** Shapes of single values; null for lists, rows and documents. */
function typeOfColumn(name: string): ValueType | null {
  const scale = /^decimal\((\d+)\)$/.exec(name)?.[1]
  if (scale !== undefined) return { is: 'decimal', scale: Number(scale) }
  if (name.startsWith('record:')) return valueTypes.text
  const plain = ['boolean', 'integer', 'text', 'date', 'time', 'datetime', 'duration'] as const
  const found = plain.find((one) => one === name)
  if (found !== undefined) return valueTypes[found]
  return name === 'any_record' ? valueTypes.text : null
}

function isTextColumn(type: ValueType): boolean {
  return type.is === 'text' || type.is === 'date' || type.is === 'time' || type.is === 'datetime'
}

function addedDecimals(from: ValueType, to: ValueType): number | null {
  if (to.is !== 'decimal') return null
  if (from.is === 'integer') return to.scale
  return from.is === 'decimal' ? to.scale - from.scale : null
}

/** SQLite's scaled integers carry their decimals as digits; PostgreSQL compares the number itself. */
function heldDecimals(ddl: Ddl, from: ValueType): number {
  return ddl.dialect === 'postgres' && from.is === 'decimal' ? from.scale : 0
}

async function hasLongerThan(ddl: Ddl, { table, column }: Conversion, most: number): Promise<boolean> {
  const limit = BigInt(`1${'0'.repeat(Math.max(0, most))}`)
  const { rows } = await sql`select 1 from ${sql.id(table)} where abs(${sql.id(column)}) >= ${limit} limit 1`.execute(
    ddl.db,
  )
  return rows.length > 0
}

async function copyInPlace(
  ddl: Ddl,
  { table, column, into, to }: Conversion & { readonly into: string },
  from: ValueType,
): Promise<void> {
  const more = ddl.dialect === 'sqlite' ? (addedDecimals(from, to) ?? 0) : 0
  const factor = BigInt(`1${'0'.repeat(more)}`)
  const value = more === 0 ? sql.id(column) : sql`${sql.id(column)} * ${factor}`
  await ddl.run(sql`update ${sql.id(table)} set ${sql.id(into)} = ${value} where ${sql.id(column)} is not null`)
}

/** Text as it stands on the wire, which no database writes by itself. */
async function copyAsText(
  ddl: Ddl,
  { table, column, into }: Conversion & { readonly into: string },
  from: ValueType,
): Promise<void> {
  const reader = columnFor(column, from, ddl.dialect)
  for (let last = ''; ; ) {
    const { rows } = await sql<{ id: string; value: unknown }>`select id, ${reader.read} as value from ${sql.id(table)}
      where ${sql.id(column)} is not null and id > ${last} order by id limit ${page}`.execute(ddl.db)
    for (const { id, value } of rows) {
      await sql`update ${sql.id(table)} set ${sql.id(into)} = ${String(reader.fromColumn(value))} where id = ${id}`.execute(
        ddl.db,
      )
    }
    if (rows.length < page) return
    last = rows[rows.length - 1]?.id ?? ''
  }
}
