/** Regular expressions that a definition may hold: a subset in which no pattern can run away. */
import type { Issue } from '#base/problems.ts'

const longest = 200
/** Characters that a backslash may precede: classes, and signs taken literally. */
const escapes = /^[dDwWsStnr.*+?^$|()[\]{}/\\-]$/

/**
 * Null for a pattern of the safe subset: literals, `.`, classes, anchors, groups, alternatives, and quantifiers that are not nested.
 * No references back, no look-around, no named groups; a quantified group holds neither quantifiers nor alternatives;
 * two open-ended repetitions never stand where one could take what the other needs.
 */
export function safePattern(source: string): Issue | null {
  if (source.length > longest) return refuse('too-long', { max: longest })
  const reader: Reader = { source, at: 0, depth: 0, repeats: 0 }
  const problem = readAlternatives(reader)
  if (typeof problem === 'string') return refuse('unsafe-pattern', { position: reader.at + 1, part: source.slice(reader.at, reader.at + 10), reason: problem })
  if (reader.at < source.length) return refuse('unsafe-pattern', { position: reader.at + 1, part: source.slice(reader.at, reader.at + 10), reason: 'unbalanced' })
  return null
}

function refuse(code: string, params: NonNullable<Issue['params']>): Issue {
  return { pointer: '', code, params }
}

interface Reader {
  readonly source: string
  at: number
  depth: number
  /** Variable repetitions met so far; each could multiply the work of the others. */
  repeats: number
}

/** What was read: does it repeat or branch, so that repeating it again could run away? */
interface Part {
  readonly varies: boolean
}
type Read = Part | string

const mostRepeats = 8
const mostTimes = 1000

function readAlternatives(reader: Reader): Read {
  let varies = false
  for (;;) {
    const branch = readSequence(reader)
    if (typeof branch === 'string') return branch
    varies ||= branch.varies
    if (reader.source[reader.at] !== '|') return { varies }
    varies = true
    reader.at += 1
  }
}

function readSequence(reader: Reader): Read {
  let varies = false
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] ?? '')) {
    const start = reader.at
    const atom = readAtom(reader)
    if (typeof atom === 'string') return atom
    const repeated = readQuantifier(reader, atom)
    if (typeof repeated === 'string') {
      reader.at = start
      return repeated
    }
    varies ||= repeated.varies
  }
  return { varies }
}

function readAtom(reader: Reader): Read {
  const character = reader.source[reader.at] ?? ''
  if (character === '(') return readGroup(reader)
  if (character === '[') return readClass(reader)
  if (character === '\\') return readEscape(reader)
  if ('*+?{}]'.includes(character)) return 'nothing-to-repeat'
  reader.at += 1
  return { varies: false }
}

function readGroup(reader: Reader): Read {
  const plain = reader.source.startsWith('(?:', reader.at)
  if (reader.source.startsWith('(?', reader.at) && !plain) return 'look-around'
  if (reader.depth >= 10) return 'too-deep'
  reader.at += plain ? 3 : 1
  reader.depth += 1
  const inside = readAlternatives(reader)
  if (typeof inside === 'string') return inside
  if (reader.source[reader.at] !== ')') return 'unbalanced'
  reader.at += 1
  reader.depth -= 1
  return inside
}

function readClass(reader: Reader): Read {
  const match = /^\[\^?(?:\\[dDwWsStnr.*+?^$|()[\]{}/\\-]|[^\]\\[])+\]/.exec(reader.source.slice(reader.at))
  if (!match) return 'class'
  reader.at += match[0].length
  return { varies: false }
}

function readEscape(reader: Reader): Read {
  if (!escapes.test(reader.source[reader.at + 1] ?? '')) return 'escape'
  reader.at += 2
  return { varies: false }
}

function readQuantifier(reader: Reader, atom: Part): Read {
  const match = /^(?:[*+?]|\{(\d{1,4})(,(\d{0,4}))?\})\??/.exec(reader.source.slice(reader.at))
  if (!match) return atom
  const [whole, least = '', range, most = ''] = match
  if (Number(least) > mostTimes || Number(most) > mostTimes) return 'too-often'
  if (most !== '' && Number(most) < Number(least)) return 'too-often'
  if (atom.varies) return 'nested-repetition'
  reader.at += whole.length
  const fixed = whole.startsWith('{') && range === undefined
  reader.repeats += fixed ? 0 : 1
  return reader.repeats > mostRepeats ? 'too-many-repetitions' : { varies: !fixed }
}
