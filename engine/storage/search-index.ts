/** Records into the search index. A write leaves its words in its own transaction; on SQLite they wait in a plain table for the index. */
import { sql } from 'kysely'
import type { FormModel, Model } from '#definitions/model.ts'
import { type Connection, dialectOf } from './connection.ts'
import { Statements } from './prepared.ts'
import { type CodedField, codedFields } from './search-codes.ts'
import { searchedFields } from './search-fields.ts'
import { tokensOf } from './search-tokens.ts'
import { listOf, oneOf, slot } from './sql-text.ts'
import type { StoredRecord } from './stored-record.ts'

/** What of a record is searched. */
export type SearchedRecord = Pick<StoredRecord, 'id' | 'title' | 'values'>

export interface IndexedForm {
  readonly model: Model
  readonly form: FormModel
}

/** One statement on PostgreSQL, however many records. */
export async function indexRecords(db: Connection, of: IndexedForm, records: readonly SearchedRecord[]): Promise<void> {
  await leaveWords(db, await docsOf(db, of, records))
}

/** Words that are spelled already. */
export async function leaveWords(db: Connection, docs: readonly Doc[]): Promise<void> {
  if (docs.length > 0) await (dialectOf(db) === 'sqlite' ? leave(db, docs) : keep(db, docs))
}

/** What one record is found by, as the index of this database spells it; null: nothing of its form is searched. */
export async function wordsOf(db: Connection, of: IndexedForm, record: SearchedRecord): Promise<string | null> {
  const [doc] = await docsOf(db, of, [record])
  return doc?.body ?? null
}

/** Straight into the index: for work behind everybody's back. */
export async function absorbRecords(
  db: Connection,
  of: IndexedForm,
  records: readonly SearchedRecord[],
): Promise<void> {
  const docs = await docsOf(db, of, records)
  if (docs.length > 0) await (dialectOf(db) === 'sqlite' ? absorb(db, docs) : keep(db, docs))
}

/** Does the index say something else of the record than before? */
export function isSearchedAnew(form: FormModel, before: SearchedRecord, after: SearchedRecord): boolean {
  return searchedFields(form).some(({ name }) => textOf(before, name) !== textOf(after, name))
}

export async function forgetRecord(db: Connection, id: string): Promise<void> {
  if (dialectOf(db) === 'sqlite') await leave(db, [{ record: id, form: '', body: '' }])
  else await sql`delete from fl_search_record where record = ${id}`.execute(db)
}

interface Doc {
  readonly record: string
  readonly form: string
  readonly body: string
}

async function docsOf(db: Connection, of: IndexedForm, records: readonly SearchedRecord[]): Promise<readonly Doc[]> {
  const fields = await codedFields(db, of.model, of.form)
  if (fields.length === 0) return []
  const spell = dialectOf(db) === 'sqlite' ? spacedBody : vectorBody
  return records.map((record) => ({ record: record.id, form: of.form.name, body: spell(fields, record) }))
}

function textOf(record: SearchedRecord, name: string): string {
  const value = name === 'title' ? record.title : record.values[name]
  return typeof value === 'string' ? value : ''
}

/** Tokens by blanks, one before the first: so that each begins behind a blank. */
function spacedBody(fields: readonly CodedField[], record: SearchedRecord): string {
  return fields
    .flatMap(({ name, texture, code }) => {
      const { words, numbers } = tokensOf(textOf(record, name), texture)
      return [...words, ...numbers].map((token) => ` ${code}${token}`)
    })
    .join('')
}

/** Tokens with their places. Each field counts from one: neighbours of two fields never have the same beginning. */
function vectorBody(fields: readonly CodedField[], record: SearchedRecord): string {
  return fields
    .flatMap(({ name, texture, code }) => {
      const { words, numbers } = tokensOf(textOf(record, name), texture)
      return [...words, ...numbers].map((token, index) => `'${code}${token}':${index + 1}`)
    })
    .join(' ')
}

const statements = new Statements()

/** On SQLite: seen by every search at once. */
async function leave(db: Connection, docs: readonly Doc[]): Promise<void> {
  const statement = statements.of(
    'leave',
    () => sql`insert into fl_search_pending (record, form, body) values (${slot()}, ${slot()}, ${slot()})
      on conflict (record) do update set form = excluded.form, body = excluded.body`,
  )
  for (const { record, form, body } of docs) await statement.count(db, [record, form, body])
}

async function keep(db: Connection, docs: readonly Doc[]): Promise<void> {
  const sorted = [...docs].sort((a, b) => (a.record < b.record ? -1 : 1))
  await statements
    .of(
      'keep',
      () => sql`insert into fl_search_record (record, form, body)
        select v.record, v.form, v.body::tsvector from unnest(${slot()}::text[], ${slot()}::text[], ${slot()}::text[]) as v(record, form, body)
        on conflict (record) do update set form = excluded.form, body = excluded.body`,
    )
    .count(db, [sorted.map((doc) => doc.record), sorted.map((doc) => doc.form), sorted.map((doc) => doc.body)])
}

/** On SQLite: into the index itself, out of what waits. */
async function absorb(db: Connection, docs: readonly Doc[]): Promise<void> {
  const kept = docs.filter((doc) => doc.form !== '')
  const list = JSON.stringify(kept.map(({ record, form, body }) => [record, form, body]))
  await sql`insert into fl_search_record (record, form) select value ->> 0, value ->> 1 from json_each(${list}) where true
    on conflict (record) do nothing`.execute(db)
  await sql`insert or replace into fl_search_text (rowid, body) select m.id, v.value ->> 2
    from json_each(${list}) as v join fl_search_record as m on m.record = v.value ->> 0`.execute(db)
  const gone = docs.filter((doc) => doc.form === '').map((doc) => doc.record)
  if (gone.length > 0) await forgetMany(db, gone)
  const all = listOf(
    'sqlite',
    docs.map((doc) => doc.record),
  )
  await sql`delete from fl_search_pending where ${oneOf('sqlite', sql`record`, all)}`.execute(db)
}

async function forgetMany(db: Connection, records: readonly string[]): Promise<void> {
  const list = listOf('sqlite', records)
  await sql`delete from fl_search_text where rowid in (select id from fl_search_record where ${oneOf('sqlite', sql`record`, list)})`.execute(
    db,
  )
  await sql`delete from fl_search_record where ${oneOf('sqlite', sql`record`, list)}`.execute(db)
}

/** Takes in what waits, at most `limit`; answers with how many. */
export async function absorbPending(db: Connection, limit: number): Promise<number> {
  if (dialectOf(db) !== 'sqlite') return 0
  const { rows } = await sql<Doc>`select record, form, body from fl_search_pending limit ${limit}`.execute(db)
  if (rows.length > 0) await absorb(db, rows)
  return rows.length
}
