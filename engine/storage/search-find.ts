/** Search across forms: which records answer, newest first, before anybody asks who may see them. */
import type { FormModel, Model } from '#definitions/model.ts'
import { type Connection, dialectOf } from './connection.ts'
import { Prepared } from './prepared.ts'
import { codedFields, readyForms } from './search-codes.ts'
import { newest, newestValues } from './search-query.ts'
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

/** So few answers in all forms together are found by one statement. */
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

interface Search {
  readonly words: readonly SearchWord[]
  /** Answers by form, newest first, whole words before words that only begin so. */
  readonly ids: ReadonlyMap<string, Set<string>>
}

/** A form with more answers than are looked at is settled; the others are asked for words that only begin so, too. */
async function findIn(
  db: Connection,
  asked: readonly Coded[],
  words: readonly SearchWord[],
): Promise<readonly FoundForm[]> {
  const search: Search = { words, ids: new Map(asked.map(({ form }) => [form, new Set<string>()])) }
  const isOpen = ({ form, most }: Coded) => idsOf(search, form).size <= most
  await collect(db, asked, { ...search, whole: true })
  await collect(db, asked.filter(isOpen), search)
  return asked.flatMap((one) => {
    const ids = [...idsOf(search, one.form)]
    return ids.length === 0 ? [] : [{ form: one.form, ids: ids.slice(0, one.most), more: !isOpen(one) }]
  })
}

function idsOf({ ids }: Search, form: string): Set<string> {
  return ids.get(form) ?? new Set()
}

/** One statement for all forms; where a common word lets it miss some, one more for each of those. */
async function collect(db: Connection, asked: readonly Coded[], search: Search & { whole?: true }): Promise<void> {
  if (asked.length === 0) return
  const most = Math.max(mostAtOnce, ...asked.map((one) => one.most + 1))
  const all = await ask(db, asked, { search, limit: most })
  const found = countByForm(all)
  add(search, all)
  if (all.length < most) return
  for (const one of asked.filter(({ form, most: enough }) => (found.get(form) ?? 0) <= enough))
    add(search, await ask(db, [one], { search, limit: one.most + 1 }))
}

function add(search: Search, rows: readonly Found[]): void {
  for (const { form, record } of rows) search.ids.get(form)?.add(record)
}

function countByForm(rows: readonly Found[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { form } of rows) counts.set(form, (counts.get(form) ?? 0) + 1)
  return counts
}

interface Found {
  readonly record: string
  readonly form: string
}

interface Ask {
  readonly search: Search & { whole?: true }
  readonly limit: number
}

const statements = { sqlite: new Prepared(newest.sqlite), postgres: new Prepared(newest.postgres) }

async function ask(db: Connection, forms: readonly Coded[], { search, limit }: Ask): Promise<readonly Found[]> {
  const { words, whole } = search
  const question = { words, codes: forms.flatMap(({ codes }) => codes), ...(whole && { whole }) }
  const dialect = dialectOf(db)
  return (await statements[dialect].rows(db, newestValues(dialect, question, limit))) as unknown as readonly Found[]
}
