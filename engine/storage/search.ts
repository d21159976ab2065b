/** Search by words in a list: each must stand in one of the fields that may be read there. */
import { type RawBuilder, sql } from 'kysely'
import { Bug, never } from '#base/bug.ts'
import type { FormModel, Model } from '#definitions/model.ts'
import { type Connection, type Dialect, dialectOf } from './connection.ts'
import type { Selection } from './query-plan.ts'
import { codedFields, readyForms } from './search-codes.ts'
import type { SearchedField } from './search-fields.ts'
import type { SearchPath } from './search-path.ts'
import { matchText, type Question, recordsSql } from './search-query.ts'
import { type SearchWord, wordsOf } from './search-text.ts'

/** More answers than this are found row by row. */
const mostFromIndex = 5_000

/** Settles how a plan searches; every reader of plans asks for it first. */
export async function withSearch<P extends Selection>(db: Connection, plan: P): Promise<P> {
  const { search } = plan
  if (search === undefined || search.path !== undefined) return plan
  return { ...plan, search: { ...search, path: await pathOf(db, plan, search) } }
}

async function pathOf(db: Connection, plan: Selection, search: NonNullable<Selection['search']>): Promise<SearchPath> {
  const { model } = plan
  const form = model.forms.get(plan.form)
  if (form === undefined) throw new Bug('no such form', { form: plan.form })
  const links = linkedForms(model, form, search.fields)
  const ready = await readyForms(db, [...new Set([form, ...links.values()])])
  if (!ready.has(form.name)) return { by: 'scan' }
  const fields = (await codedFields(db, model, form)).filter(({ name }) => search.fields.includes(name))
  const codes = new Map(fields.map(({ name, code }) => [name, code]))
  const words = wordsOf(search.text)
  if (dialectOf(db) === 'sqlite' && (await isCommon(db, words, [...codes.values()])))
    return { by: 'rows', fields: new Map([...fields, ...titlesOf(links)].map((field) => [field.name, field])) }
  for (const [name, target] of links) {
    const title = (await codedFields(db, model, target)).find((field) => field.name === 'title')
    if (title !== undefined && ready.has(target.name)) codes.set(name, title.code)
  }
  return { by: 'index', codes }
}

function titlesOf(links: ReadonlyMap<string, FormModel>): readonly SearchedField[] {
  return [...links.keys()].map((name) => ({ name, texture: 'plain' }))
}

/** Where the searched links of a form lead: a link is found by the title of its target. */
function linkedForms(model: Model, form: FormModel, fields: readonly string[]): ReadonlyMap<string, FormModel> {
  return new Map(
    fields.flatMap((name): readonly (readonly [string, FormModel])[] => {
      const type = form.fields.get(name)?.type
      const target = type?.is === 'record' && type.table === undefined ? model.forms.get(type.form) : undefined
      return target === undefined ? [] : [[name, target]]
    }),
  )
}

/** Whole words first: these are counted without looking at all that begins like them. */
async function isCommon(db: Connection, words: readonly SearchWord[], codes: readonly string[]): Promise<boolean> {
  if (words.length === 0 || codes.length === 0) return false
  for (const question of [
    { words, codes, whole: true as const },
    { words, codes },
  ]) {
    const { rows } = await sql<{ count: number }>`select count(*) as count from
      (select 1 from fl_search_text as f where f.body match ${matchText(question)} limit ${mostFromIndex + 1})`.execute(
      db,
    )
    if (Number(rows[0]?.count) > mostFromIndex) return true
  }
  return false
}

/** A column that is searched, as it stands in the statement. */
export interface SearchColumn {
  readonly name: string
  /** Empty where it may not be read, and then nothing in it answers. */
  readonly sql: RawBuilder<unknown>
  readonly guarded: boolean
  /** Of a link: its value, and the records that it may be seen to lead to. */
  readonly link?: { readonly value: RawBuilder<unknown>; readonly visible: RawBuilder<unknown> }
}

export interface SearchPlace {
  readonly dialect: Dialect
  readonly columns: readonly SearchColumn[]
  readonly search: NonNullable<Selection['search']>
}

/** The condition for `where`. */
export function searchSql({ dialect, columns, search }: SearchPlace): RawBuilder<unknown> {
  const { path } = search
  if (path === undefined) throw new Bug('a search without a path: ask withSearch first')
  const words = wordsOf(search.text)
  if (words.length === 0 || columns.length === 0) return sql`1 = 0`
  switch (path.by) {
    case 'scan':
      return all(words.map((word) => columns.map((column) => contains(dialect, column, word))))
    case 'rows':
      return all(words.map((word) => columns.map((column) => rowHit(dialect, { column, word, fields: path.fields }))))
    case 'index':
      return indexSql({ dialect, columns, words, codes: path.codes })
    default:
      return never(path)
  }
}

interface IndexAsk {
  readonly dialect: Dialect
  readonly columns: readonly SearchColumn[]
  readonly words: readonly SearchWord[]
  readonly codes: ReadonlyMap<string, string>
}

/** Where every field is open to all, the index answers the whole question; else word by word. */
function indexSql(ask: IndexAsk): RawBuilder<unknown> {
  const { dialect, columns, words, codes } = ask
  const isPlain = columns.every((column) => !column.guarded && !column.link && codes.has(column.name))
  if (!isPlain) return all(words.map((word) => indexHits(ask, word)))
  return found(dialect, words, [...codes.values()])
}

/** Fields that are open everywhere are asked at once; any other counts where it may be read. */
function indexHits({ dialect, columns, codes }: IndexAsk, word: SearchWord): readonly RawBuilder<unknown>[] {
  const open = columns.flatMap((column) => (column.guarded || column.link ? [] : (codes.get(column.name) ?? [])))
  const rest = columns.flatMap((column) => {
    const code = codes.get(column.name)
    if (code === undefined) return [contains(dialect, column, word)]
    if (column.link) return [linkHit(dialect, column.link, { words: [word], codes: [code] })]
    return column.guarded ? [sql`(${column.sql} is not null and ${found(dialect, [word], [code])})`] : []
  })
  return open.length === 0 ? rest : [found(dialect, [word], open), ...rest]
}

/** The value of a link is empty where it may not be read. */
function linkHit(
  dialect: Dialect,
  { value, visible }: NonNullable<SearchColumn['link']>,
  question: Question,
): RawBuilder<unknown> {
  return sql`${value} in (select x.id from ${visible} as x where x.title is not null and x.id in (${recordsSql(dialect, question)}))`
}

function found(dialect: Dialect, words: readonly SearchWord[], codes: readonly string[]): RawBuilder<unknown> {
  return sql`t.id in (${recordsSql(dialect, { words, codes })})`
}

interface RowAsk {
  readonly column: SearchColumn
  readonly word: SearchWord
  readonly fields: ReadonlyMap<string, SearchedField>
}

function rowHit(dialect: Dialect, { column, word, fields }: RowAsk): RawBuilder<unknown> {
  const field = fields.get(column.name)
  return field === undefined
    ? contains(dialect, column, word)
    : sql`fl_found(${column.sql}, ${word.typed}, ${field.texture})`
}

/** One of each list. */
function all(lists: readonly (readonly RawBuilder<unknown>[])[]): RawBuilder<unknown> {
  const each = lists.map((hits) => sql`(${sql.join(hits, sql` or `)})`)
  return sql`(${sql.join(each, sql` and `)})`
}

/** Wherever it stands, in any case of Latin letters. */
function contains(dialect: Dialect, column: SearchColumn, { typed }: SearchWord): RawBuilder<unknown> {
  const pattern = `%${typed.replace(/[\\%_]/g, '\\$&')}%`
  return dialect === 'sqlite'
    ? sql`${column.sql} like ${pattern} escape '\\'`
    : sql`${column.sql} ilike ${pattern} escape '\\'`
}
