/** Numbers in SQL: scaled integers while they fit 64 bits, exact text functions beyond (SQLite); `numeric` (PostgreSQL). */
import { sql } from 'kysely'
import type { Node } from '#expressions/node.ts'
import type { Fragment, NumberForm, Sql, Writer } from './writer.ts'

/** Digits that every 64-bit integer holds. */
export const nativeDigits = 18

export interface Scaled {
  readonly sql: Sql
  readonly scale: number
  readonly digits: number
}

export function numberOf(node: Node, writer: Writer): Fragment {
  const fragment = writer.value(node)
  if (fragment.form !== undefined) return fragment
  if (writer.dialect === 'postgres') return { sql: sql`CAST(${fragment.sql} AS numeric)`, form: 'numeric' }
  return { sql: fragment.sql, form: { scale: 0, digits: 1 } }
}

export function scaledForm(fragment: Fragment): Scaled | null {
  const { form } = fragment
  return typeof form === 'object' ? { sql: fragment.sql, ...form } : null
}

/** As exact text (SQLite). */
export function exactOf(fragment: Fragment): Sql {
  const scaled = scaledForm(fragment)
  return scaled === null ? fragment.sql : sql`fl_exact(${scaled.sql}, ${sql.lit(scaled.scale)})`
}

/** The same numbers in one form: scaled alike where that fits, else exact. */
export function alignNumbers(fragments: readonly Fragment[]): {
  readonly sqls: readonly Sql[]
  readonly form: NumberForm
} {
  if (fragments.some((fragment) => fragment.form === 'numeric'))
    return { sqls: fragments.map((fragment) => fragment.sql), form: 'numeric' }
  const scaled = fragments.map(scaledForm)
  const scale = Math.max(...scaled.map((each) => each?.scale ?? 0))
  const digits = Math.max(
    ...scaled.map((each) => (each === null ? Number.POSITIVE_INFINITY : each.digits + scale - each.scale)),
  )
  if (digits > nativeDigits) return { sqls: fragments.map(exactOf), form: 'exact' }
  return { sqls: scaled.map((each) => (each === null ? sql`NULL` : rescale(each, scale))), form: { scale, digits } }
}

function rescale({ sql: value, scale }: Scaled, wanted: number): Sql {
  return scale === wanted ? value : sql`(${value} * ${sql.lit(10 ** (wanted - scale))})`
}
