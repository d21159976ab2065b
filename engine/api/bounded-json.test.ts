/** JSON from strangers: bounded before it is parsed, equal to JSON.parse where it is accepted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { parseBoundedJson } from './bounded-json.ts'

const codeOf = (text: string, limits?: Parameters<typeof parseBoundedJson>[1]) => {
  try {
    parseBoundedJson(text, limits)
    return null
  } catch (error) {
    return error instanceof Refusal ? error.problem.issues?.[0]?.code : error
  }
}

describe('parseBoundedJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value)
        if (codeOf(text) === null) expect(parseBoundedJson(text)).toEqual(JSON.parse(text))
        else expect(text).toMatch(/\\u0000|\\ud[89a-f]|__proto__|constructor|prototype/)
      }),
    )
  })

  it('never throws anything but a refusal, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const code = codeOf(text)
        expect(code === null || typeof code === 'string').toBe(true)
      }),
    )
  })

  it.each([
    ['[[[1]]]', 'too-deep'],
    ['{"a":1,"b":2,"c":3,"d":4}', 'too-many-properties'],
    ['{"a', 'not-json'],
    ['{"a":"\\', 'not-json'],
    ['{"__proto__":1}', 'bad-key'],
    ['[{"prototype":1}]', 'bad-key'],
    ['"\\u0000"', 'control-character'],
    ['{"a\\u0000":1}', 'bad-key'],
    ['"\\udc00"', 'control-character'],
  ])('refuses %s as %s', (text, code) => expect(codeOf(text, { depth: 2, names: 3 })).toBe(code))

  it.each(['"[[[[[["', '"a:b:c:d:e:f"', '"\\"[[[["', '"\\\\"', '"😀"', '"\\ud83d\\ude00"'])(
    'does not count inside strings: %s',
    (text) => expect(codeOf(text, { depth: 1, names: 1 })).toBeNull(),
  )
})
