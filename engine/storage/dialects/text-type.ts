/** Column types as the two databases spell them. */
import { type RawBuilder, sql } from 'kysely'
import { type Connection, dialectOf } from '../connection.ts'

/** Text that compares by code point on both. */
export function textType(db: Connection): RawBuilder<unknown> {
  return dialectOf(db) === 'sqlite' ? sql`text` : sql`text collate "C"`
}
