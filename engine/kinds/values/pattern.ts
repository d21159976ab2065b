/** The regular expressions of definitions at run time: whole text, in linear time, compiled once. */
import { compilePattern, type PatternMatch } from '#base/pattern/match-pattern.ts'

const compiled = new Map<string, PatternMatch>()
const keepAtMost = 1000

/** True when the whole text fits the pattern; a pattern that does not compile fits nothing. */
export function isWithinPattern(text: string, pattern: string): boolean {
  return matcherOf(pattern)(text)
}

function matcherOf(pattern: string): PatternMatch {
  const known = compiled.get(pattern)
  if (known) return known
  if (compiled.size >= keepAtMost) compiled.clear()
  const fresh = compilePattern(pattern)
  const match = fresh.ok ? fresh.value : () => false
  compiled.set(pattern, match)
  return match
}
