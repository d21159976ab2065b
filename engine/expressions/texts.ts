/** Text functions with one meaning everywhere: by code point, with fixed tables where platforms and their versions differ. */

/** What `trim` takes away at both ends. */
export const whitespace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** Latin, Greek, Cyrillic, Armenian and full-width letters with exactly one partner; other scripts have no case here. */
const ranges: readonly (readonly [number, number])[] = [
  [0x41, 0x587],
  [0x1e00, 0x1eff],
  [0xff21, 0xff5a],
]
const pairs = casePairs()
/** Position by position the partners of `lowerLetters`. */
export const upperLetters = pairs.map(([upper]) => upper).join('')
export const lowerLetters = pairs.map(([, lower]) => lower).join('')
const toLower = new Map(pairs)
const toUpper = new Map(pairs.map(([upper, lower]) => [lower, upper]))

/** The pattern of `matches_email`, the same for JavaScript and PostgreSQL. */
export const emailPattern = "^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$"
const email = new RegExp(emailPattern)

/** Order by code point, as UTF-8 bytes sort: not by UTF-16 units, which put emoji before full-width letters. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)]
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

export function lowerText(text: string): string {
  return mapLetters(text, toLower)
}

export function upperText(text: string): string {
  return mapLetters(text, toUpper)
}

/** Null where nothing is left. */
export function trimText(text: string): string | null {
  let [start, end] = [0, text.length]
  while (start < end && whitespace.includes(text[start] ?? '')) start += 1
  while (end > start && whitespace.includes(text[end - 1] ?? '')) end -= 1
  return start === end ? null : text.slice(start, end)
}

/** In code points. */
export function lengthOfText(text: string): number {
  let length = 0
  for (const _point of text) length += 1
  return length
}

/** From `start` (from the end where negative) `length` code points (all but the last −`length` where negative); null where nothing is left. */
export function partOfText(text: string, start: number, length: number | null): string | null {
  const points = Array.from(text)
  const from = start < 0 ? Math.max(points.length + start, 0) : Math.min(start, points.length)
  const until =
    length === null ? points.length : length < 0 ? points.length + length : Math.min(from + length, points.length)
  return points.slice(from, Math.max(until, from)).join('') || null
}

export function isEmail(text: string): boolean {
  return email.test(text)
}

/** Surrogates stand for code points above every single unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function mapLetters(text: string, partners: ReadonlyMap<string, string>): string {
  let mapped = ''
  for (const letter of text) mapped += partners.get(letter) ?? letter
  return mapped
}

function casePairs(): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  for (const [first, last] of ranges) {
    for (let point = first; point <= last; point += 1) {
      const upper = String.fromCodePoint(point)
      const lower = upper.toLowerCase()
      if (lower !== upper && lower.length === 1 && lower.toUpperCase() === upper) found.push([upper, lower])
    }
  }
  return found
}
