/** Regular expressions that a definition may hold: the subset that our own linear matcher reads. */
import { compilePattern } from '#base/pattern/match-pattern.ts'
import { patternLimits } from '#base/pattern/parse-pattern.ts'
import type { Issue } from '#base/problems.ts'

/** Null for a pattern of the subset (see `parsePattern`); else where it leaves it. Never runs the pattern. */
export function safePattern(source: string): Issue | null {
  const compiled = compilePattern(source)
  if (compiled.ok) return null
  const { position, reason } = compiled.problem
  if (reason === 'too-long') return { pointer: '', code: 'too-long', params: { max: patternLimits.length } }
  return {
    pointer: '',
    code: 'unsafe-pattern',
    params: {
      position: position + 1,
      part: Array.from(source)
        .slice(position, position + 10)
        .join(''),
      reason,
    },
  }
}
