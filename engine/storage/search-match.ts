/** Does a text answer a word, and where: the same question as the index answers, asked of one text. */
import { numbersOf, plainText, type Run, runsOf, type SearchWord, type Texture, wordsOf } from './search-text.ts'

/** A text, read once for all words. */
export interface ReadText {
  readonly text: string
  readonly runs: readonly Run[]
  /** Runs one behind the other, a mark before each. */
  readonly line: string
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
  return { text, runs, line: lineOf(runs), texture }
}

function lineOf(runs: readonly Run[]): string {
  let line = ''
  for (const run of runs) line += mark + run.text
  return line
}

export function hasWord(text: ReadText, word: SearchWord): boolean {
  return text.line.includes(needleOf(word)) || findNumber(text, word) !== null
}

/** The place of the first answer; null: none. */
export function findWord(text: ReadText, word: SearchWord): Mark | null {
  const needle = needleOf(word)
  const from = text.line.indexOf(needle)
  return from < 0 ? findNumber(text, word) : placeOf(text.runs, from, from + needle.length)
}

/** As a whole word, not only the beginning of one. */
export function hasWhole(text: ReadText, word: SearchWord): boolean {
  const isDense = word.runs.at(-1)?.kind === 'dense'
  if (isDense) return hasWord(text, word)
  if (`${text.line}${mark}`.includes(needleOf(word) + mark)) return true
  const { digits } = word
  return digits !== null && findNumber(text, word, (number) => number.endsWith(digits)) !== null
}

/** In a script without blanks a word begins anywhere. */
function needleOf({ runs }: SearchWord): string {
  return lineOf(runs).slice(runs[0]?.kind === 'dense' ? 1 : 0)
}

/** From a stretch of the line to one of the text. */
function placeOf(runs: readonly Run[], from: number, to: number): Mark {
  let start: number | undefined
  let end = 0
  let at = 0
  for (const run of runs) {
    const [first, last] = [at + 1, at + run.text.length]
    if (last >= from && first < to) {
      start ??= run.at[Math.max(0, from - first)] ?? 0
      end = endOf(run, Math.min(to - 1, last) - first)
    }
    at = last + 1
  }
  return { start: start ?? 0, end }
}

/** Where the original of one character ends. */
function endOf({ at, end }: Run, index: number): number {
  const place = at[index] ?? end
  return at.slice(index + 1, index + 4).find((next) => next > place) ?? end
}

function findNumber(
  { text, runs, texture }: ReadText,
  { digits }: SearchWord,
  isWanted: (number: string) => boolean = () => true,
): Mark | null {
  if (digits === null) return null
  const isAnswer = (number: string) =>
    (texture === 'phone' ? number.includes(digits) : number.startsWith(digits)) && isWanted(number)
  return numbersOf(runs, text, texture).find((number) => isAnswer(number.digits)) ?? null
}

/** The whole text, as the whole of a question would be: `ACME Ltd.` is `acme ltd`. */
export function sameWords(text: ReadText, words: readonly SearchWord[]): boolean {
  return text.line === lineOf(words.flatMap((word) => word.runs))
}

const asked = new Map<string, SearchWord | null>()
const mostAsked = 1_000

/** Characters that fold to themselves, but for their case; or to none that a word consists of. */
const plain = /^[\0-\u007f\u00b7\u3001\u3002\u4e00-\u9fff\uff0c]*$/

/** For SQL: does the text answer the word as it was typed? Most texts do not even have its letters. */
export function answersWord(text: string, typed: string, texture: string): boolean {
  if (asked.size > mostAsked) asked.clear()
  const word = asked.get(typed) ?? wordsOf(typed)[0] ?? null
  asked.set(typed, word)
  if (word === null) return false
  const first = word.runs[0]?.text ?? ''
  if (word.digits === null && plain.test(text) && !text.toLowerCase().includes(first)) return false
  return hasWord(readText(text, texture as Texture), word)
}
