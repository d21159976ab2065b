import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from './match-pattern.ts'

function matches(pattern: string, text: string): boolean {
  const compiled = compilePattern(pattern)
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.problem.reason}`)
  return compiled.value(text)
}

/** Patterns of the subset, built from their parts. */
const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '\\s',
  '-',
  '[a-c0-2]',
  '(?:ab)',
  '(ab)',
  '中',
  '\\.',
  '😀',
)
const times = fc.constantFrom('', '', '?', '*', '+', '{2}', '{1,3}', '{2,}', '*?')
const sequence = fc
  .array(
    fc.tuple(atom, times).map((parts) => parts.join('')),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''))
const pattern = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|'))
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', '-', ' ', '.', '中', '😀', '\n'), { maxLength: 8 })
  .map((parts) => parts.join(''))

describe('compilePattern', () => {
  it('agrees with the platform on whole texts', () => {
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        expect(matches(source, value)).toBe(new RegExp(`^(?:${source})$`, 'u').test(value))
      }),
      { numRuns: 5000 },
    )
  })

  it('knows anchors inside', () => {
    expect(matches('^a$|^b', 'a')).toBe(true)
    expect(matches('a^b', 'ab')).toBe(false)
  })

  it('refuses what leaves the subset, with the place', () => {
    const fault = (source: string) => {
      const compiled = compilePattern(source)
      return compiled.ok ? null : [compiled.problem.position, compiled.problem.reason]
    }
    expect(fault('(a+)+')).toEqual([0, 'nested-repetition'])
    expect(fault('x(a|b)*')).toEqual([1, 'nested-repetition'])
    expect(fault('a(?=b)')).toEqual([1, 'look-around'])
    expect(fault('(a)\\1')).toEqual([3, 'escape'])
    expect(fault('a**')).toEqual([2, 'nothing-to-repeat'])
    expect(fault('[b-a]')).toEqual([4, 'class'])
    expect(fault('(a')).toEqual([0, 'unbalanced'])
    expect(fault('a)')).toEqual([1, 'unbalanced'])
    expect(fault('a{9999}')).toEqual([1, 'too-often'])
    expect(fault('(?:abcdefgh){1000}')).toEqual([0, 'too-often'])
    expect(fault('('.repeat(50))).toEqual([10, 'too-deep'])
  })

  it('stays linear where backtracking would not end', () => {
    const started = performance.now()
    for (const source of [
      'a*a*a*a*a*a*a*a*b',
      `${'a?'.repeat(30)}${'a'.repeat(30)}`,
      '(a|a)(a|a)(a|a)a*a*c',
      '.*.*.*.*x',
    ])
      matches(source, 'a'.repeat(2000))
    expect(performance.now() - started).toBeLessThan(2000)
    expect(matches(`${'a?'.repeat(30)}${'a'.repeat(30)}`, 'a'.repeat(30))).toBe(true)
  })
})
