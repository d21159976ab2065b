/** Search everywhere: records of every form that the caller may read, by form, best first, each with the place that answers. */
import type { FormPolicy } from '#access/policy.ts'
import { mayRead } from '#access/seen-model.ts'
import { visibilityOf } from '#access/visibility.ts'
import type { Marks, SearchAnswer, SearchGroup, SearchHit } from '#contract/wire-search.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { ListRow } from '#storage/query-plan.ts'
import { type SearchedField, searchedFields } from '#storage/search-fields.ts'
import { type AskedForm, type FoundForm, findRecords } from '#storage/search-find.ts'
import { findWord, hasWhole, hasWord, type Mark, type ReadText, readText, sameWords } from '#storage/search-match.ts'
import { type SearchWord, wordsOf } from '#storage/search-text.ts'
import type { RecordContext } from './context.ts'
import { selectionOf } from './list-plan.ts'
import { rightsOfRow, rowConditions } from './present.ts'

export interface SearchRequest {
  readonly q: string
  /** Records of one form; default 5. */
  readonly limit?: number
}

const usualLimit = 5
/** Of records that answer, the newest of each form are looked at; more of them where a rule takes some away again. */
const mostOpen = 300
const mostRuled = 1_000
/** Of those that others crowd out. */
const mostSeen = 100
/** Every record begins with some single character. */
const shortest = 2

/** All in one look at the database. Too short a question has no answer. */
export async function searchEverywhere(context: RecordContext, request: SearchRequest): Promise<SearchAnswer> {
  const words = wordsOf(request.q)
  const isLong = words.some((word) => word.runs.reduce((sum, run) => sum + run.text.length, 0) >= shortest)
  if (!isLong) return { groups: [], reading: [] }
  const forms = readableForms(context)
  return context.db.read(async (db) => {
    const { found, unready } = await findRecords(db, { model: context.model, forms, words })
    const groups: Scored[] = []
    for (const each of found) {
      const group = await groupOf(db, context, { found: each, request, words })
      if (group) groups.push(group)
    }
    return {
      groups: groups.sort((a, b) => b.score - a.score).map(({ group }) => group),
      reading: unready,
    }
  })
}

function readableForms(context: RecordContext): readonly AskedForm[] {
  return [...context.model.forms.values()].flatMap((form) => {
    const policy = context.policy.form(form.name)
    if (!policy?.may('read')) return []
    const fields = readableFields(policy).map(({ name }) => name)
    return fields.length === 0 ? [] : [{ form, fields, most: isOpen(policy, fields) ? mostOpen : mostRuled }]
  })
}

/** Whoever finds a record sees it, and what it was found by. */
function isOpen(policy: FormPolicy, fields: readonly string[]): boolean {
  const { where, guards } = visibilityOf(policy)
  return 'always' in where && where.always && !fields.some((name) => guards.has(name))
}

/** Readable on some record; whether on this one is asked of each. */
function readableFields(policy: FormPolicy): readonly SearchedField[] {
  return searchedFields(policy.form).filter((field) => mayRead(policy, field.name))
}

interface Scored {
  readonly score: number
  readonly group: SearchGroup
}

interface Grouping {
  readonly found: FoundForm
  readonly request: SearchRequest
  readonly words: readonly SearchWord[]
}

/** null: the caller sees none of them, or not the fields that answer. */
async function groupOf(
  db: Connection,
  context: RecordContext,
  { found, request, words }: Grouping,
): Promise<Scored | null> {
  const policy = context.policy.form(found.form)
  if (!policy) return null
  const fields = readableFields(policy)
  const { rows, more } = await readFound(db, context, { policy, fields, found, text: request.q })
  const hits = rows.flatMap((row) => readRow(row, { policy, fields, words }) ?? []).sort(bestFirst)
  const [best] = hits
  if (!best) return null
  const limit = request.limit ?? usualLimit
  const records = hits.slice(0, limit).map((hit) => hitOf(hit, words))
  return { score: best.score, group: { form: found.form, records, more: hits.length > limit || more } }
}

/** Never by what the caller does not see: its number would tell, and so would the order. */
function bestFirst(a: ReadRow, b: ReadRow): number {
  if (a.score !== b.score) return b.score - a.score
  if (a.isWhole !== b.isWhole) return a.isWhole ? -1 : 1
  return a.row.record.id < b.row.record.id ? 1 : -1
}

interface Finding {
  readonly policy: FormPolicy
  readonly fields: readonly SearchedField[]
  readonly found: FoundForm
  readonly text: string
}

/** Where others may crowd out what the caller sees, the newest that they see are asked for once more. */
async function readFound(
  db: Connection,
  context: RecordContext,
  { policy, fields, found, text }: Finding,
): Promise<{ readonly rows: readonly ListRow[]; readonly more: boolean }> {
  const names = fields.map(({ name }) => name)
  const plan = {
    ...selectionOf(context, policy, {}),
    select: names.filter((name) => name !== 'title'),
    conditions: rowConditions(policy),
  }
  if (!found.more || isOpen(policy, names)) {
    const where = [{ field: 'id', oneOf: found.ids }]
    return { ...(await runList(db, { ...plan, where, sort: [], limit: found.ids.length })), more: found.more }
  }
  const sort = [{ field: 'id', direction: 'desc' as const }]
  const answer = await runList(db, { ...plan, search: { fields: names, text }, sort, limit: mostSeen })
  return { rows: answer.rows, more: answer.next !== null }
}

interface Reading {
  readonly policy: FormPolicy
  readonly fields: readonly SearchedField[]
  readonly words: readonly SearchWord[]
}

/** A record that answers, with the texts of it that the caller may read. */
interface ReadRow {
  readonly row: ListRow
  readonly texts: readonly FieldText[]
  readonly title: FieldText | undefined
  /** Words that the title does not have. */
  readonly missing: readonly SearchWord[]
  readonly score: number
  /** Each word is a whole one somewhere, not only the beginning of one. */
  readonly isWhole: boolean
}

interface FieldText {
  readonly name: string
  readonly read: ReadText
}

/** null where what answers may not be read on this record. */
function readRow(row: ListRow, { policy, fields, words }: Reading): ReadRow | null {
  const rights = rightsOfRow(policy, row)
  const texts = fields
    .filter(({ name }) => rights.reads(name))
    .flatMap(({ name, texture }): readonly FieldText[] => {
      const raw = name === 'title' ? row.record.title : row.record.values[name]
      return typeof raw === 'string' && raw !== '' ? [{ name, read: readText(raw, texture) }] : []
    })
  if (!words.every((word) => texts.some(({ read }) => hasWord(read, word)))) return null
  const title = texts.find(({ name }) => name === 'title')
  const missing = words.filter((word) => !title || !hasWord(title.read, word))
  const isWhole = words.every((word) => texts.some(({ read }) => hasWhole(read, word)))
  return { row, texts, title, missing, isWhole, score: scoreOf(title, words, missing) }
}

function hitOf({ row, texts, title, missing }: ReadRow, words: readonly SearchWord[]): SearchHit {
  const other = missing.length === 0 ? undefined : bestOf(texts, missing)
  return {
    id: row.record.id,
    title: title ? row.record.title : null,
    marks: title ? pairs(marksOf(title.read, words)) : [],
    ...(other && { field: other.name, ...snippetOf(other.read, words) }),
  }
}

/** The field that answers most of what the title leaves open. */
function bestOf(texts: readonly FieldText[], words: readonly SearchWord[]): FieldText | undefined {
  const count = ({ read }: FieldText) => words.filter((word) => hasWord(read, word)).length
  return [...texts].filter(({ name }) => name !== 'title').sort((a, b) => count(b) - count(a))[0]
}

/** The title itself, then titles that begin so, then titles, then the rest. */
function scoreOf(title: FieldText | undefined, words: readonly SearchWord[], missing: readonly SearchWord[]): number {
  if (!title || missing.length === words.length) return 0
  if (missing.length > 0) return 1
  if (sameWords(title.read, words)) return 4
  const [first] = words
  return first && findWord(title.read, first)?.start === title.read.runs[0]?.at[0] ? 3 : 2
}

function marksOf(read: ReadText, words: readonly SearchWord[]): readonly Mark[] {
  return words.flatMap((word) => findWord(read, word) ?? []).sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Without overlaps. */
function pairs(marks: readonly Mark[]): Marks {
  const kept: [number, number][] = []
  for (const { start, end } of marks) {
    const last = kept.at(-1)
    if (last && start < last[1]) last[1] = Math.max(last[1], end)
    else kept.push([start, end])
  }
  return kept
}

const before = 30
const after = 90

/** The surroundings of the first place, in one line. */
function snippetOf(read: ReadText, words: readonly SearchWord[]): Pick<SearchHit, 'snippet' | 'snippet_marks'> {
  const { text } = read
  const marks = marksOf(read, words)
  const first = marks[0]?.start ?? 0
  const from = first <= before ? 0 : startOfCharacter(text, first - before)
  const to = text.length <= first + after ? text.length : startOfCharacter(text, first + after)
  const lead = from === 0 ? '' : '…'
  const shift = (at: number) => at - from + lead.length
  const snippet = `${lead}${text.slice(from, to).replace(/\s/g, ' ')}${to < text.length ? '…' : ''}`
  const inside = marks.filter(({ end }) => end <= to)
  return { snippet, snippet_marks: pairs(inside.map(({ start, end }) => ({ start: shift(start), end: shift(end) }))) }
}

/** Never between the two halves of one character. */
function startOfCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
