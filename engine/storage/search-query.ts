/** A question as the two full-text engines read it: each word in one of the fields, side by side what was typed without a blank. */
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from './connection.ts'
import type { SearchWord } from './search-text.ts'
import { phraseOf } from './search-tokens.ts'

export interface Question {
  readonly words: readonly SearchWord[]
  /** Codes of the fields, any of which may answer. */
  readonly codes: readonly string[]
  /** Whole words alone: less to look through. */
  readonly whole?: true
}

/** For `match` of SQLite. */
export function matchText({ words, codes, whole }: Question): string {
  return words
    .map((word) => {
      const { tokens, open, number } = phraseOf(word)
      const star = open && whole === undefined ? ' *' : ''
      const phrases = codes.flatMap((code) => [
        `"${tokens.map((token) => code + token).join(' ')}"${star}`,
        ...(number === null ? [] : [`"${code}${number}"${whole === undefined ? ' *' : ''}`]),
      ])
      return `(${phrases.join(' OR ')})`
    })
    .join(' AND ')
}

/** For `@@` of PostgreSQL. */
export function vectorQuery({ words, codes, whole }: Question): string {
  return words
    .map((word) => {
      const { tokens, open, number } = phraseOf(word)
      const star = whole === undefined ? ':*' : ''
      const phrases = codes.flatMap((code) => [
        tokens
          .map((token, index) => `'${code}${token}'${open && index === tokens.length - 1 ? star : ''}`)
          .join(' <-> '),
        ...(number === null ? [] : [`'${code}${number}'${star}`]),
      ])
      return `(${phrases.map((phrase) => `(${phrase})`).join(' | ')})`
    })
    .join(' & ')
}

/** Of what waits on SQLite: for each word the beginnings of token rows that answer it. */
export function waitingText({ words, codes, whole }: Question): string {
  const end = whole === undefined ? '' : ' '
  return JSON.stringify(
    words.map((word) => {
      const { tokens, number } = phraseOf(word)
      return codes.flatMap((code) => [
        tokens.map((token) => ` ${code}${token}`).join('') + end,
        ...(number === null ? [] : [` ${code}${number}${end}`]),
      ])
    }),
  )
}

const read = new Map<string, readonly (readonly string[])[]>()
const mostRead = 500

/** For SQL: do the tokens of a record answer? */
export function answersWaiting(body: string, asked: string): boolean {
  if (read.size > mostRead) read.clear()
  const words = read.get(asked) ?? (JSON.parse(asked) as readonly (readonly string[])[])
  read.set(asked, words)
  const ended = `${body} `
  return words.every((hits) => hits.some((hit) => ended.includes(hit)))
}

const inIndex = (match: unknown) => sql`fl_search_text as f join fl_search_record as m on m.id = f.rowid
  where f.body match ${match} and not exists (select 1 from fl_search_pending as p where p.record = m.record)`

const waiting = (asked: unknown) => sql`fl_search_pending as p where fl_waiting(p.body, ${asked}) = 1`

/** `select record …` of all that answers. */
export function recordsSql(dialect: Dialect, question: Question): RawBuilder<unknown> {
  if (dialect === 'postgres')
    return sql`select m.record from fl_search_record as m where m.body @@ ${vectorQuery(question)}::tsquery`
  return sql`select m.record from ${inIndex(matchText(question))} union all select p.record from ${waiting(waitingText(question))}`
}

/** The newest of them, with their forms; bind `newestValues`. */
export const newest: Readonly<Record<Dialect, () => RawBuilder<unknown>>> = {
  postgres: () => sql`select m.record, m.form from fl_search_record as m where m.body @@ ${null}::text::tsquery
    order by m.id desc limit ${null}::text::bigint`,
  sqlite: () => sql`select * from (select p.record, p.form from ${waiting(null)} limit ${null})
    union all select * from (select m.record, m.form from ${inIndex(null)} order by f.rowid desc limit ${null})`,
}

export function newestValues(dialect: Dialect, question: Question, limit: number): readonly unknown[] {
  return dialect === 'postgres'
    ? [vectorQuery(question), String(limit)]
    : [waitingText(question), limit, matchText(question), limit]
}
