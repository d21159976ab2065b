/** Whatever a text holds, no spreadsheet runs it, and a round trip gives it back. */
import fc from 'fast-check'
import { parseCsv } from 'hucre/csv'
import { expect, it } from 'vitest'
import { csvLine, guard, unguard } from './csv-text.ts'

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '\n', ' ', '"', ',', ';', '＝', '\u00a0'),
    fc.string({ minLength: 1, maxLength: 2 }),
  ),
  maxLength: 12,
})

it('a guarded text never begins like a formula, blanks and apostrophes aside only behind an apostrophe', () => {
  fc.assert(fc.property(nasty, (text) => /^[^=+\-@\t\r\n＝＋－＠]|^$/.test(guard(text))))
})

it('unguarding gives back what was guarded, and leaves other texts alone', () => {
  fc.assert(fc.property(nasty, (text) => unguard(guard(text)) === text))
  expect(unguard("'s-Hertogenbosch")).toBe("'s-Hertogenbosch")
  expect(unguard("'+49 30 1234")).toBe('+49 30 1234')
})

it('a line is read back as the cells that were written', () => {
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 2, maxLength: 5 }), (cells) => {
      const text = `h1,h2\r\n${csvLine(cells.map(guard))}`
      expect((parseCsv(text, { delimiter: ',' })[1] ?? []).map((cell) => unguard(String(cell ?? '')))).toEqual(cells)
    }),
  )
})
