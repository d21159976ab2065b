/** On SQLite one statement writes a change and the words by which its record is found: a view takes both, its trigger parts them. */
import { sql } from 'kysely'
import { dialectOf } from '../connection.ts'
import type { Migration } from './migration.ts'

const columns = sql.raw('form, record, version, actor, on_behalf, cause, at, patch, prev_hash, hash')
const given = sql.raw(
  'new.form, new.record, new.version, new.actor, new.on_behalf, new.cause, new.at, new.patch, new.prev_hash, new.hash',
)

export const changeWords: Migration = {
  number: 5,
  async up(db) {
    if (dialectOf(db) === 'postgres') return
    await sql`create view fl_change_words as select ${columns}, '' as words from fl_change`.execute(db)
    await sql`create trigger fl_change_words_in instead of insert on fl_change_words begin
      insert into fl_change (${columns}) values (${given});
      insert into fl_search_pending (record, form, body) values (new.record, new.form, new.words)
        on conflict (record) do update set form = excluded.form, body = excluded.body;
    end`.execute(db)
  },
}
