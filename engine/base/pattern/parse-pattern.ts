/** Regular expressions of definitions: a subset, read into a tree by our own reader. Tenant text never reaches a backtracking engine. */
import { fail, ok, type Result } from '../result.ts'

export type PatternNode =
  | { readonly is: 'one'; readonly fits: (point: number) => boolean }
  | { readonly is: 'start' }
  | { readonly is: 'end' }
  | { readonly is: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly is: 'either'; readonly branches: readonly PatternNode[] }
  | { readonly is: 'repeat'; readonly part: PatternNode; readonly least: number; readonly most: number }

/** Where the pattern leaves the subset, counted from 0, and why. */
export interface PatternFault {
  readonly position: number
  readonly reason: string
}

export const patternLimits = { length: 200, depth: 10, times: 1000, instructions: 5000 } as const

/**
 * Literals, `.`, classes (`[a-z0-9]`, `\d \w \s` and their opposites), `^ $`, groups, alternatives, `? * + {2,5}`.
 * Not: references back, look-around, named groups, and a repetition or alternative inside a repetition.
 */
export function parsePattern(source: string): Result<PatternNode, PatternFault> {
  const reader: Reader = { points: Array.from(source, (one) => one.codePointAt(0) ?? 0), at: 0, depth: 0 }
  if (reader.points.length > patternLimits.length) return fail({ position: patternLimits.length, reason: 'too-long' })
  try {
    const node = readEither(reader)
    if (reader.at < reader.points.length) throw new Fault(reader, 'unbalanced')
    return ok(node)
  } catch (error) {
    if (error instanceof Fault) return fail(error.fault)
    throw error
  }
}

interface Reader {
  readonly points: readonly number[]
  at: number
  depth: number
}

/** Ends the reading from any depth; caught above. */
class Fault extends Error {
  readonly fault: PatternFault
  constructor(reader: Reader, reason: string) {
    super(reason)
    this.fault = { position: reader.at, reason }
  }
}

function peek(reader: Reader, ahead = 0): string {
  const point = reader.points[reader.at + ahead]
  return point === undefined ? '' : String.fromCodePoint(point)
}

function readEither(reader: Reader): PatternNode {
  const branches = [readSequence(reader)]
  while (peek(reader) === '|') {
    reader.at += 1
    branches.push(readSequence(reader))
  }
  return branches.length === 1 ? (branches[0] as PatternNode) : { is: 'either', branches }
}

function readSequence(reader: Reader): PatternNode {
  const parts: PatternNode[] = []
  while (peek(reader) !== '' && peek(reader) !== '|' && peek(reader) !== ')') {
    const start = reader.at
    const part = readAtom(reader)
    const times = readTimes(reader)
    if (times && varies(part)) throw new Fault({ ...reader, at: start }, 'nested-repetition')
    parts.push(times ? { is: 'repeat', part, ...times } : part)
  }
  return parts.length === 1 ? (parts[0] as PatternNode) : { is: 'sequence', parts }
}

/** Would repeating it try the same text in more than one way? */
function varies(node: PatternNode): boolean {
  switch (node.is) {
    case 'either':
      return true
    case 'repeat':
      return node.least !== node.most || varies(node.part)
    case 'sequence':
      return node.parts.some(varies)
    default:
      return false
  }
}

function readAtom(reader: Reader): PatternNode {
  const sign = peek(reader)
  if (sign === '(') return readGroup(reader)
  if (sign === '[') return { is: 'one', fits: readClass(reader) }
  if (sign === '\\') return { is: 'one', fits: readEscape(reader).fits }
  if ('*+?{}]'.includes(sign)) throw new Fault(reader, 'nothing-to-repeat')
  const point = reader.points[reader.at++] as number
  if (sign === '^') return { is: 'start' }
  if (sign === '$') return { is: 'end' }
  return {
    is: 'one',
    fits: sign === '.' ? (other) => ![10, 13, 0x2028, 0x2029].includes(other) : (other) => other === point,
  }
}

function readGroup(reader: Reader): PatternNode {
  if (reader.depth >= patternLimits.depth) throw new Fault(reader, 'too-deep')
  const start = reader.at
  if (peek(reader, 1) === '?' && peek(reader, 2) !== ':') throw new Fault(reader, 'look-around')
  reader.at += peek(reader, 1) === '?' ? 3 : 1
  reader.depth += 1
  const inside = readEither(reader)
  if (peek(reader) !== ')') throw new Fault({ ...reader, at: start }, 'unbalanced')
  reader.depth -= 1
  reader.at += 1
  return inside
}

function readTimes(reader: Reader): { readonly least: number; readonly most: number } | null {
  const rest = String.fromCodePoint(...reader.points.slice(reader.at, reader.at + 12))
  const found = /^(?:([*+?])|\{(\d{1,4})(,(\d{0,4}))?\})\??/.exec(rest)
  if (!found) return null
  const [whole, sign, from = '', range, to = ''] = found
  const least = sign ? (sign === '+' ? 1 : 0) : Number(from)
  const most = sign ? (sign === '?' ? 1 : Infinity) : range === undefined ? least : to === '' ? Infinity : Number(to)
  const tooOften = least > patternLimits.times || (most !== Infinity && most > patternLimits.times)
  if (tooOften || most < least) throw new Fault(reader, 'too-often')
  reader.at += whole.length
  return { least, most }
}

type Fits = (point: number) => boolean

const isDigit: Fits = (point) => point >= 48 && point <= 57
const isWord: Fits = (point) =>
  isDigit(point) || (point >= 65 && point <= 90) || (point >= 97 && point <= 122) || point === 95
const isSpace: Fits = (point) =>
  (point >= 9 && point <= 13) ||
  [32, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].includes(point) ||
  (point >= 0x2000 && point <= 0x200a)
const classes: Readonly<Record<string, Fits>> = {
  d: isDigit,
  D: (point) => !isDigit(point),
  w: isWord,
  W: (point) => !isWord(point),
  s: isSpace,
  S: (point) => !isSpace(point),
}
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13 }

interface Member {
  readonly fits: Fits
  /** Of a single character: what a range can begin or end with. */
  readonly point?: number
}

function single(point: number): Member {
  return { fits: (other) => other === point, point }
}

function readEscape(reader: Reader): Member {
  const letter = peek(reader, 1)
  const known = Object.hasOwn(classes, letter) ? classes[letter] : undefined
  const control = Object.hasOwn(controls, letter) ? controls[letter] : undefined
  if (!known && control === undefined && !/^[.*+?^$|()[\]{}/\\-]$/.test(letter)) throw new Fault(reader, 'escape')
  reader.at += 2
  return known ? { fits: known } : single(control ?? (letter.codePointAt(0) as number))
}

function readClass(reader: Reader): Fits {
  const start = reader.at
  const negated = peek(reader, 1) === '^'
  const members: Fits[] = []
  reader.at += negated ? 2 : 1
  while (peek(reader) !== ']') {
    if (peek(reader) === '' || peek(reader) === '[') throw new Fault({ ...reader, at: start }, 'class')
    members.push(readRange(reader))
  }
  if (members.length === 0) throw new Fault({ ...reader, at: start }, 'class')
  reader.at += 1
  const inside: Fits = (point) => members.some((fits) => fits(point))
  return negated ? (point) => !inside(point) : inside
}

function readRange(reader: Reader): Fits {
  const first = readMember(reader)
  if (peek(reader) !== '-' || peek(reader, 1) === ']') return first.fits
  reader.at += 1
  const last = readMember(reader)
  if (first.point === undefined || last.point === undefined || last.point < first.point)
    throw new Fault(reader, 'class')
  const { point: low } = first
  const { point: high } = last
  return (point) => point >= low && point <= high
}

function readMember(reader: Reader): Member {
  if (peek(reader) === '\\') return readEscape(reader)
  if (peek(reader) === '') throw new Fault(reader, 'class')
  return single(reader.points[reader.at++] as number)
}
