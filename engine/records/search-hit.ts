/** One record that a search has found: what of it the caller may read, how well it answers, and where. */
import type { FormPolicy } from '#access/policy.ts'
import type { Marks, SearchHit } from '#contract/wire-search.ts'
import type { ListRow } from '#storage/query-plan.ts'
import type { SearchedField } from '#storage/search-fields.ts'
import { findWord, hasWhole, hasWord, type Mark, type ReadText, readText, sameWords } from '#storage/search-match.ts'
import type { SearchWord } from '#storage/search-text.ts'
import { rightsOfRow } from './present.ts'

/** Never by what the caller does not see: its number would tell, and so would the order. */
export function bestFirst(a: ReadRow, b: ReadRow): number {
  if (a.score !== b.score) return b.score - a.score
  if (a.isWhole !== b.isWhole) return a.isWhole ? -1 : 1
  return a.row.record.id < b.row.record.id ? 1 : -1
}

export interface Reading {
  readonly policy: FormPolicy
  readonly fields: readonly SearchedField[]
  readonly words: readonly SearchWord[]
}

/** A record that answers, with the texts of it that the caller may read. */
export interface ReadRow {
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
export function readRow(row: ListRow, { policy, fields, words }: Reading): ReadRow | null {
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

export function hitOf({ row, texts, title, missing }: ReadRow, words: readonly SearchWord[]): SearchHit {
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
