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

/** Of what waits on SQLite: the same, said of the text of its tokens. */
function pendingSql({ words, codes }: Question): RawBuilder<unknown> {
  const each = words.map((word) => {
    const { tokens, number } = phraseOf(word)
    const hits = codes.flatMap((code) => [
      tokens.map((token) => ` ${code}${token}`).join(''),
      ...(number === null ? [] : [` ${code}${number}`]),
    ])
    return sql`(${sql.join(
      hits.map((hit) => sql`instr(p.body, ${hit}) > 0`),
      sql` or `,
    )})`
  })
  return sql.join(each, sql` and `)
}

/** `select record …` of all that answers. */
export function recordsSql(dialect: Dialect, question: Question): RawBuilder<unknown> {
  if (dialect === 'postgres')
    return sql`select m.record from fl_search_record as m where m.body @@ ${vectorQuery(question)}::tsquery`
  return sql`select m.record from fl_search_text as f join fl_search_record as m on m.id = f.rowid
    where f.body match ${matchText(question)} and not exists (select 1 from fl_search_pending as p where p.record = m.record)
    union all select p.record from fl_search_pending as p where ${pendingSql(question)}`
}

/** The newest of them, with their forms. */
export function newestSql(dialect: Dialect, question: Question, limit: number): RawBuilder<unknown> {
  if (dialect === 'postgres')
    return sql`select m.record, m.form from fl_search_record as m where m.body @@ ${vectorQuery(question)}::tsquery
      order by m.id desc limit ${limit}`
  return sql`select * from (select p.record, p.form from fl_search_pending as p where ${pendingSql(question)} limit ${limit})
    union all select * from (select m.record, m.form from fl_search_text as f join fl_search_record as m on m.id = f.rowid
    where f.body match ${matchText(question)} and not exists (select 1 from fl_search_pending as p where p.record = m.record)
    order by f.rowid desc limit ${limit})`
}
