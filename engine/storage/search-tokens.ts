/** Runs as tokens of an index: words as they are, dense scripts as pairs; a word of a question is a row of tokens that stand side by side. */
import { numbersOf, plainText, type Run, runsOf, type SearchWord, type Texture } from './search-text.ts'

/** Stands before the digits of a number; never part of a word. */
export const numberMark = '№'
const shortestTail = 4
/** PostgreSQL keeps 256 places of one word: both databases forget later ones. */
const mostPlaces = 250
/** Keeps the place of a word that is forgotten; never part of a question. */
const forgotten = '·'

/** In the order of the text; equal ones again at each place. */
export interface Tokens {
  readonly words: readonly string[]
  readonly numbers: readonly string[]
}

export function tokensOf(raw: string, texture: Texture): Tokens {
  const text = plainText(raw, texture)
  const runs = runsOf(text)
  const numbers = numbersOf(runs, text, texture).flatMap(({ digits }) =>
    texture === 'phone' ? tails(digits) : [digits],
  )
  return {
    words: sparse(runs.flatMap(tokensOfRun)),
    numbers: [...new Set(numbers)].map((digits) => numberMark + digits),
  }
}

function sparse(tokens: readonly string[]): readonly string[] {
  if (tokens.length <= mostPlaces) return tokens
  const places = new Map<string, number>()
  return tokens.map((token) => {
    const count = (places.get(token) ?? 0) + 1
    places.set(token, count)
    return count > mostPlaces ? forgotten : token
  })
}

/** Pairs, and the last character by itself: it ends the run, and makes every single character the beginning of some token. */
function tokensOfRun(run: Run): readonly string[] {
  if (run.kind !== 'dense') return [run.text]
  const characters = [...run.text]
  return characters.map((character, index) => character + (characters[index + 1] ?? ''))
}

function tails(digits: string): readonly string[] {
  const count = Math.max(1, digits.length - shortestTail + 1)
  return Array.from({ length: count }, (_, from) => digits.slice(from))
}

/** What one word of a question asks of an index. */
export interface Phrase {
  readonly tokens: readonly string[]
  /** The last token may go on. */
  readonly open: boolean
  /** The beginning of a number token that will do as well. */
  readonly number: string | null
}

export function phraseOf(word: SearchWord): Phrase {
  const last = word.runs.at(-1)
  const tokens = word.runs.flatMap(tokensOfRun)
  const isDense = last !== undefined && last.kind === 'dense'
  const isPair = isDense && [...last.text].length > 1
  return {
    tokens: isPair ? tokens.slice(0, -1) : tokens,
    open: !isPair,
    number: word.digits === null ? null : numberMark + word.digits,
  }
}
