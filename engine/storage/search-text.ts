/** Texts and questions as search reads them: runs of one script in one case, so that `ＳＯ－２０２６` and `so 2026` are the same. */

/** How the text of a field is spelled: phone numbers are found by any four digits, markup is not read. */
export type Texture = 'plain' | 'phone' | 'html'

/** Characters of one field that are searched; what stands behind them is not. */
export const longestText = 4_000
/** A longer word counts by its beginning. */
const longestRun = 64
export const mostWords = 8
const longestQuestion = 200
/** Digits in groups that count as one number. */
const number = { least: 4, most: 20 } as const

/** A stretch of letters, of digits, or of a script that is written without spaces. */
export interface Run {
  readonly kind: 'letters' | 'digits' | 'dense'
  readonly text: string
  /** Where each character of `text` stands in the original. */
  readonly at: readonly number[]
  /** Where the run ends in the original. */
  readonly end: number
}

const letter = /[\p{L}\p{M}]/u
const digit = /\p{Nd}/u
const dense =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u
const accents = /[\u0300-\u036f]/g

const folded = new Map<string, string>()
const mostFolded = 50_000

/** One character in lower case, full or half width the same, Latin without accents; sometimes several. */
function fold(character: string): string {
  const known = folded.get(character)
  if (known !== undefined) return known
  const made = character.toLowerCase().normalize('NFKD').replace(accents, '').normalize('NFC').toLowerCase()
  if (folded.size < mostFolded) folded.set(character, made)
  return made
}

const kinds = new Map<string, Run['kind'] | null>()

function kindOf(character: string): Run['kind'] | null {
  const known = kinds.get(character)
  if (known !== undefined) return known
  const kind = dense.test(character)
    ? 'dense'
    : digit.test(character)
      ? 'digits'
      : letter.test(character)
        ? 'letters'
        : null
  if (kinds.size < mostFolded) kinds.set(character, kind)
  return kind
}

interface Growing {
  readonly kind: Run['kind']
  text: string
  readonly at: number[]
  end: number
}

/** A combining accent that stands by itself folds to nothing and parts no word. */
export function runsOf(text: string): readonly Run[] {
  const runs: Run[] = []
  let open: Growing | null = null
  let at = 0
  for (const character of text.length > longestText ? text.slice(0, longestText) : text) {
    const next = at + character.length
    const pieces = fold(character)
    if (pieces === '' && open !== null) open.end = next
    for (const piece of pieces) {
      const kind = kindOf(piece)
      if (open !== null && open.kind === kind) grow(open, piece, { at, end: next })
      else {
        open = kind === null ? null : { kind, text: '', at: [], end: next }
        if (open === null) continue
        runs.push(open)
        grow(open, piece, { at, end: next })
      }
    }
    at = next
  }
  return runs
}

function grow(run: Growing, piece: string, place: { readonly at: number; readonly end: number }): void {
  if (run.kind !== 'dense' && run.text.length >= longestRun) return
  run.text += piece
  run.at.push(place.at)
  if (piece.length === 2) run.at.push(place.at)
  run.end = place.end
}

/** Digits in groups, as people write numbers: `138-0013 8000`. */
export interface NumberRun {
  readonly digits: string
  readonly start: number
  readonly end: number
}

const between = /^[\s\-–().+/]{1,3}$/

/** Numbers in several groups; a phone number also in one. */
export function numbersOf(runs: readonly Run[], text: string, texture: Texture): readonly NumberRun[] {
  const found: (NumberRun & { readonly groups: number })[] = []
  let last: Run | null = null
  for (const run of runs) {
    const before = last !== null && between.test(text.slice(last.end, run.at[0])) ? found.at(-1) : undefined
    last = run.kind === 'digits' ? run : null
    if (run.kind !== 'digits') continue
    const place = { start: before?.start ?? run.at[0] ?? 0, end: run.end }
    if (before) found.pop()
    found.push({ digits: (before?.digits ?? '') + run.text, groups: (before?.groups ?? 0) + 1, ...place })
  }
  const least = texture === 'phone' ? 1 : 2
  return found
    .filter(({ groups, digits }) => groups >= least && digits.length >= number.least)
    .map((one) => ({ ...one, digits: one.digits.slice(0, number.most) }))
}

/** Markup away, at the same places. */
export function plainText(text: string, texture: Texture): string {
  if (texture !== 'html') return text
  const blank = (found: string) => ' '.repeat(found.length)
  return text.replace(/<[^>]*>/g, blank).replace(/&[a-z0-9#]{1,10};/gi, blank)
}

/** One word of a question. */
export interface SearchWord {
  readonly typed: string
  readonly runs: readonly Run[]
  /** All that it consists of, when that is a number. */
  readonly digits: string | null
}

/** The words of a question, parted by blanks; each must be found. What has neither letter nor digit is none. */
export function wordsOf(question: string): readonly SearchWord[] {
  return question
    .slice(0, longestQuestion)
    .split(/\s+/u)
    .map((typed) => ({ typed, runs: runsOf(typed) }))
    .map(({ typed, runs }) => ({ typed, runs, digits: digitsOf(runs) }))
    .filter((word) => word.runs.length > 0)
    .slice(0, mostWords)
}

function digitsOf(runs: readonly Run[]): string | null {
  const digits = runs.map((run) => run.text).join('')
  const isNumber = runs.every(({ kind }) => kind === 'digits') && digits.length >= number.least
  return isNumber ? digits.slice(0, number.most) : null
}
