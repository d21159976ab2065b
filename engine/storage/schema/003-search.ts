/** The search index: a number for each searched field, how far each form is read, and the words of each record. */
import { sql } from 'kysely'
import { type Connection, dialectOf } from '../connection.ts'
import { textType } from '../dialects/text-type.ts'
import type { Migration } from './migration.ts'

export const search: Migration = {
  number: 3,
  async up(db) {
    const text = textType(db)
    await db.schema
      .createTable('fl_search_code')
      .addColumn('code', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('form', text, (column) => column.notNull())
      .addColumn('field', text, (column) => column.notNull())
      .addUniqueConstraint('fl_search_code_field', ['form', 'field'])
      .execute()
    await db.schema
      .createTable('fl_search_form')
      .addColumn('form', text, (column) => column.primaryKey().notNull())
      .addColumn('shape', text, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('done', text)
      .execute()
    await (dialectOf(db) === 'sqlite' ? sqliteWords(db) : postgresWords(db))
  },
}

/** Words wait in a plain table until the index takes them, many at once. */
async function sqliteWords(db: Connection): Promise<void> {
  await sql`create table fl_search_pending (record text primary key not null, form text not null, body text not null) without rowid`.execute(
    db,
  )
  await sql`create table fl_search_record (id integer primary key, record text not null unique, form text not null)`.execute(
    db,
  )
  await sql`create virtual table fl_search_text using fts5(body, content='', contentless_delete=1, tokenize='ascii')`.execute(
    db,
  )
}

async function postgresWords(db: Connection): Promise<void> {
  await sql`create table fl_search_record (id bigint generated always as identity primary key,
    record text collate "C" not null unique, form text collate "C" not null, body tsvector not null)`.execute(db)
  await sql`create index fl_search_body on fl_search_record using gin (body)`.execute(db)
}
