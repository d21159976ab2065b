/** Pieces of SQL that both databases need but spell differently. */
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from './connection.ts'

/** The place of a value that is bound later. */
export function slot(): RawBuilder<unknown> {
  return sql`${null}`
}

/** `column` is one of the texts of a bound list; bind `listOf(ids)`. */
export function oneOf(dialect: Dialect, column: RawBuilder<unknown>, list: unknown = null): RawBuilder<boolean> {
  return dialect === 'sqlite'
    ? sql`${column} in (select value from json_each(${list}))`
    : sql`${column} = any(${list}::text[])`
}

/** A list of texts as one bound value. */
export function listOf(dialect: Dialect, values: readonly unknown[]): unknown {
  return dialect === 'sqlite' ? JSON.stringify(values) : [...values]
}

/** `left` and `right` are equal, or both empty. */
export function same(dialect: Dialect, left: RawBuilder<unknown>, right: RawBuilder<unknown>): RawBuilder<boolean> {
  return dialect === 'sqlite' ? sql`${left} is ${right}` : sql`${left} is not distinct from ${right}`
}
