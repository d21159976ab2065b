/** Search across forms: which records answer, newest first, before anybody asks who may see them. */
import { sql } from 'kysely'
import type { FormModel, Model } from '#definitions/model.ts'
import { type Connection, dialectOf } from './connection.ts'
import { codedFields, readyForms } from './search-codes.ts'
import { newestSql } from './search-query.ts'
import type { SearchWord } from './search-text.ts'

/** A form and those of its fields that may answer. */
export interface AskedForm {
  readonly form: FormModel
  readonly fields: readonly string[]
  /** Records to look at when there are more. */
  readonly most: number
}

export interface FoundForm {
  readonly form: string
  /** Newest first. */
  readonly ids: readonly string[]
  /** Others may answer, too. */
  readonly more: boolean
}

export interface FoundRecords {
  readonly found: readonly FoundForm[]
  /** Forms that the index does not know whole yet: nothing is said of them. */
  readonly unready: readonly string[]
}

export interface AskEverywhere {
  readonly model: Model
  readonly forms: readonly AskedForm[]
  readonly words: readonly SearchWord[]
}

/** So few answers in all forms together that one statement finds them. */
const mostAtOnce = 400

export async function findRecords(db: Connection, { model, forms, words }: AskEverywhere): Promise<FoundRecords> {
  const ready = await readyForms(
    db,
    forms.map(({ form }) => form),
  )
  const asked: Coded[] = []
  for (const { form, fields, most } of forms.filter((one) => ready.has(one.form.name))) {
    const codes = (await codedFields(db, model, form)).filter(({ name }) => fields.includes(name))
    if (codes.length > 0) asked.push({ form: form.name, codes: codes.map(({ code }) => code), most })
  }
  const unready = forms.map(({ form }) => form.name).filter((name) => !ready.has(name))
  return { found: await findIn(db, asked, words), unready }
}

interface Coded {
  readonly form: string
  readonly codes: readonly string[]
  readonly most: number
}

async function findIn(
  db: Connection,
  asked: readonly Coded[],
  words: readonly SearchWord[],
): Promise<readonly FoundForm[]> {
  if (asked.length === 0) return []
  const question = { words, codes: asked.flatMap(({ codes }) => codes) }
  const all = await newest(db, question, mostAtOnce + 1)
  if (all.length <= mostAtOnce)
    return asked.flatMap(({ form }) => {
      const ids = all.filter((one) => one.form === form).map(({ record }) => record)
      return ids.length === 0 ? [] : [{ form, ids, more: false }]
    })
  const found: FoundForm[] = []
  for (const one of asked) {
    const { ids, more } = await findInForm(db, one, words)
    if (ids.length > 0) found.push({ form: one.form, ids, more })
  }
  return found
}

/** Whole words before words that only begin so. */
async function findInForm(
  db: Connection,
  { codes, most }: Coded,
  words: readonly SearchWord[],
): Promise<{ readonly ids: readonly string[]; readonly more: boolean }> {
  const ids = new Set<string>()
  for (const question of [
    { words, codes, whole: true as const },
    { words, codes },
  ]) {
    for (const { record } of await newest(db, question, most + 1)) ids.add(record)
    if (ids.size > most) return { ids: [...ids].slice(0, most), more: true }
  }
  return { ids: [...ids], more: false }
}

interface Found {
  readonly record: string
  readonly form: string
}

async function newest(
  db: Connection,
  question: Parameters<typeof newestSql>[1],
  limit: number,
): Promise<readonly Found[]> {
  return (await sql<Found>`${newestSql(dialectOf(db), question, limit)}`.execute(db)).rows
}
