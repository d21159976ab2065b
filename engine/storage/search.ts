/** Search by words: each must stand in one of the columns, wherever, in any case of Latin letters. */
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from './connection.ts'

const mostWords = 8
const longest = 200

export function searchSql(
  dialect: Dialect,
  columns: readonly RawBuilder<unknown>[],
  text: string,
): RawBuilder<unknown> {
  const words = text
    .slice(0, longest)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, mostWords)
  if (words.length === 0 || columns.length === 0) return sql`1 = 0`
  const hits = words.map(
    (word) =>
      sql`(${sql.join(
        columns.map((column) => contains(dialect, column, word)),
        sql` or `,
      )})`,
  )
  return sql`(${sql.join(hits, sql` and `)})`
}

function contains(dialect: Dialect, column: RawBuilder<unknown>, word: string): RawBuilder<unknown> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return dialect === 'sqlite' ? sql`${column} like ${pattern} escape '\\'` : sql`${column} ilike ${pattern} escape '\\'`
}
