/** What the text operators share: empties, searches, and how `cat` writes a value. */
import { formatDecimal, isDecimal } from '#base/decimal.ts'
import type { Value } from './expression.ts'
import type { Evaluate } from './node.ts'
import { compare, type Numeric, wholeOf } from './numbers.ts'

const farAway = 1_000_000_000

export function compileText(args: readonly Evaluate[], change: (text: string) => string | null): Evaluate {
  const [inner] = args as [Evaluate]
  return (scope) => {
    const value = inner(scope)
    return typeof value === 'string' ? change(value) : null
  }
}

/** False where a side is empty. */
export function compileSearch(args: readonly Evaluate[], holds: (text: string, part: string) => boolean): Evaluate {
  const [text, part] = args as [Evaluate, Evaluate]
  return (scope) => {
    const [whole, wanted] = [text(scope), part(scope)]
    return typeof whole === 'string' && typeof wanted === 'string' && holds(whole, wanted)
  }
}

/** Numbers in their shortest form, dates as ISO text, empty as nothing. */
export function printValue(value: Value): string {
  if (value === null) return ''
  return isDecimal(value) ? formatDecimal(value) : String(value)
}

/** A position in a text: beyond any text is as good as far away. */
export function clampNumber(value: Value): number | null {
  if (value === null) return null
  if (compare(value as Numeric, farAway) > 0) return farAway
  return compare(value as Numeric, -farAway) < 0 ? -farAway : wholeOf(value)
}
