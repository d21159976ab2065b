/** Laws of formula text: text → JSON → text, and JSON → text → JSON, lose nothing. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Place } from '#expressions/expression.ts'
import { parseSyntax } from '#expressions/parse-text.ts'
import { normalForm, parseText, printText } from '#expressions/text.ts'
import { expression } from '#tests/support/random-expressions.ts'
import { sampleForm, sampleModel } from '#tests/support/sample-model.ts'

const model = sampleModel()
const place: Place = {
  model,
  table: sampleForm(model, 'order'),
  record: sampleForm(model, 'customer'),
  user: true,
  time: true,
  links: true,
}
const kinds = ['number', 'integer', 'text', 'boolean', 'date', 'moment'] as const
const any = fc.oneof(...kinds.map((kind) => expression(kind, 3)))

it('gives the same expression back after printing and parsing', () => {
  fc.assert(
    fc.property(any, (source) => {
      const syntax = parseSyntax(printText(source), place)
      expect(syntax.ok ? normalForm(syntax.parsed.json) : syntax.issue).toEqual(normalForm(source))
      if (!compileExpression(source, place).ok) return
      expect(parseText(printText(source), place)).toEqual({ ok: true, value: normalForm(source) })
    }),
    { numRuns: 3000 },
  )
})

it('gives the same text back after parsing and printing', () => {
  fc.assert(
    fc.property(any, (source) => {
      const text = printText(source)
      const syntax = parseSyntax(text)
      expect(syntax.ok && printText(syntax.parsed.json)).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

it('reads every text literal back, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const syntax = parseSyntax(printText(text))
      expect(syntax.ok && syntax.parsed.json).toBe(text)
    }),
  )
})

it('never fails on random text but names a place inside it', () => {
  const pieces = fc.array(
    fc.constantFrom(
      'total',
      'sum(',
      '(',
      ')',
      '+',
      '-',
      '"',
      "'",
      '1.5',
      ',',
      '[',
      ']',
      'and',
      'not',
      '$',
      '`',
      '&',
      '京',
      ' ',
      '==',
      'lines.amount',
      '\\',
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join('')
      const answer = parseText(text, place)
      const spans = answer.ok ? [] : answer.issues.map((issue) => issue.span)
      for (const { start, end } of spans) expect(start >= 0 && start <= end && end <= text.length).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

it('prints every operator so that it parses back to itself', () => {
  const samples: readonly Json[] = [
    { '-': [{ '-': [1] }] },
    { cat: ['a'] },
    { in: [{ var: 'in' }, [1, -2]] },
    { not: { not: true } },
    { and: [{ or: [true, false] }, { and: [true, true] }] },
    1e-7,
    { min: [1] },
  ]
  for (const sample of samples) {
    const syntax = parseSyntax(printText(sample))
    expect(syntax.ok ? normalForm(syntax.parsed.json) : syntax.issue).toEqual(normalForm(sample))
  }
})
