/** Does a text answer a word, and where: the same question as the index answers, asked of one text. */
import { numbersOf, plainText, type Run, runsOf, type SearchWord, type Texture, wordsOf } from './search-text.ts'

/** A text, read once for all words. */
export interface ReadText {
  /** Runs one behind the other, a mark before each. */
  readonly line: string
  /** Where each character of `line` stands in the text, and where it ends. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly numbers: readonly { readonly digits: string; readonly start: number; readonly end: number }[]
  readonly texture: Texture
}

export interface Mark {
  readonly start: number
  readonly end: number
}

const mark = '\u0001'

export function readText(raw: string, texture: Texture): ReadText {
  const text = plainText(raw, texture)
  const runs = runsOf(text)
  const starts: number[] = []
  const ends: number[] = []
  for (const run of runs) {
    starts.push(run.at[0] ?? 0, ...run.at)
    ends.push(run.at[0] ?? 0, ...endsOf(run))
  }
  return { line: lineOf(runs), starts, ends, numbers: numbersOf(runs, text, texture), texture }
}

function endsOf({ at, end }: Run): readonly number[] {
  return at.map((place, index) => at.slice(index + 1, index + 4).find((next) => next > place) ?? end)
}

function lineOf(runs: readonly Run[]): string {
  return runs.map((run) => mark + run.text).join('')
}

/** The place of the first answer; null: none. */
export function findWord(text: ReadText, word: SearchWord): Mark | null {
  const line = lineOf(word.runs)
  const needle = word.runs[0]?.kind === 'dense' ? line.slice(1) : line
  const from = needle === '' ? -1 : text.line.indexOf(needle)
  if (from >= 0) return { start: text.starts[from] ?? 0, end: text.ends[from + needle.length - 1] ?? 0 }
  const { digits } = word
  if (digits === null) return null
  const isAnswer = (number: string) => (text.texture === 'phone' ? number.includes(digits) : number.startsWith(digits))
  return text.numbers.find((number) => isAnswer(number.digits)) ?? null
}

/** The whole text, as the whole of a question would be: `ACME Ltd.` is `acme ltd`. */
export function sameWords(text: ReadText, words: readonly SearchWord[]): boolean {
  return text.line === lineOf(words.flatMap((word) => word.runs))
}

const asked = new Map<string, SearchWord | null>()
const mostAsked = 1_000

/** For SQL: does the text answer the word as it was typed? */
export function answersWord(text: string, typed: string, texture: string): boolean {
  if (asked.size > mostAsked) asked.clear()
  const word = asked.get(typed) ?? wordsOf(typed)[0] ?? null
  asked.set(typed, word)
  return word !== null && findWord(readText(text, texture as Texture), word) !== null
}
