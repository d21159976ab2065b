import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonText } from './json-text.ts'

const issueOf = (text: string) => {
  const result = parseJsonText(text)
  return result.ok ? null : result.problem[0]
}

describe('parseJsonText', () => {
  it('reads what the platform writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
        expect(parseJsonText(JSON.stringify(value, null, indent))).toEqual({
          ok: true,
          value: JSON.parse(JSON.stringify(value)),
        })
      }),
    )
  })

  it('accepts and refuses exactly what the platform does', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '"',
            ':',
            ',',
            '1',
            '-',
            '.',
            'e',
            ' ',
            '\\',
            'u',
            'a',
            'true',
            'null',
            '\n',
          ),
          maxLength: 12,
        }),
        (text) => {
          const mine = parseJsonText(text)
          let theirs = true
          try {
            JSON.parse(text)
          } catch {
            theirs = false
          }
          expect(mine.ok || (mine.problem[0]?.code === 'duplicate-key' && theirs)).toBe(theirs)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('says line, column and what it expected', () => {
    expect(issueOf('{\n  "kind": "form",\n  "name" "order"\n}')).toEqual({
      pointer: '',
      code: 'json-syntax',
      params: { line: 3, column: 10, expected: ':' },
    })
    expect(issueOf('{"fields": [1, 2,]}')).toMatchObject({
      pointer: '/fields/2',
      params: { line: 1, column: 18, expected: 'a value' },
    })
    expect(issueOf('{} x')).toMatchObject({ code: 'json-syntax', params: { column: 4 } })
  })

  it('refuses a key that stands twice', () => {
    expect(issueOf('{"a": 1,\n "a": 2}')).toMatchObject({
      pointer: '/a',
      code: 'duplicate-key',
      params: { line: 2, column: 2, key: 'a' },
    })
  })

  it('refuses ten thousand levels in bounded time', () => {
    const started = performance.now()
    expect(issueOf('['.repeat(10_000))).toMatchObject({ code: 'too-deep', params: { max: 64 } })
    expect(issueOf('{"a":'.repeat(1_000_000))).toMatchObject({ code: 'too-deep' })
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
