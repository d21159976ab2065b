/** Search by words: each must stand in one of the fields, wherever, in any case of Latin letters. */
import { type RawBuilder, sql } from 'kysely'
import type { Frame } from './query-frame.ts'

const mostWords = 8
const longest = 200

export function searchSql(frame: Frame, search: { readonly fields: readonly string[]; readonly text: string }): RawBuilder<unknown> {
  const words = search.text.slice(0, longest).split(/\s+/).filter((word) => word !== '').slice(0, mostWords)
  if (words.length === 0 || search.fields.length === 0) return sql`1 = 0`
  const columns = search.fields.map((field) => textOf(frame, field))
  const hits = words.map((word) => sql`(${sql.join(columns.map((column) => contains(frame, column, word)), sql` or `)})`)
  return sql`(${sql.join(hits, sql` and `)})`
}

/** A link is found by its title. */
function textOf(frame: Frame, field: string): RawBuilder<unknown> {
  const key = frame.key(field)
  return key.type.is === 'record' ? frame.titleOf(key) : key.sql
}

function contains(frame: Frame, column: RawBuilder<unknown>, word: string): RawBuilder<unknown> {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
  return frame.dialect === 'sqlite' ? sql`${column} like ${pattern} escape '\\'` : sql`${column} ilike ${pattern} escape '\\'`
}
