/** `rating`: one to `max` stars. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, issue, numberOption, refuse } from '../../values/answer.ts'

const defaultMax = 5

export const rating = defineFieldKind({
  name: 'rating',
  version: 1,
  label: both('Rating', '评分'),
  icon: 'star',
  group: 'number',
  options: [
    {
      name: 'max',
      label: both('Most stars', '最高星数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 2, maximum: 10 },
      default: defaultMax,
    },
  ],
  computable: true,
  type: () => valueTypes.integer,
  parse: parseRating,
  parseText(typed) {
    const text = typed.normalize('NFKC').trim()
    if (text === '') return accept(null)
    if (/^[★⭐]{1,10}$/u.test(text)) return parseRating([...text].length)
    const match = /^(\d{1,2})(?:\s*\/\s*\d{1,2})?$/.exec(text)
    return match === null ? refuse('not-a-number') : parseRating(Number(match[1]))
  },
  format: (value, field) => (typeof value === 'number' ? `${value} / ${numberOption(field.max, defaultMax)}` : ''),
  check(value, field) {
    const max = numberOption(field.max, defaultMax)
    if (typeof value !== 'number' || value < 1) return [issue('minimum', { min: 1 })]
    return value > max ? [issue('maximum', { max })] : []
  },
  sample: (field) => Math.min(4, numberOption(field.max, defaultMax)),
})

function parseRating(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input !== 'number') return refuse('wrong-type', { expected: 'integer' })
  return Number.isSafeInteger(input) ? accept(input === 0 ? 0 : input) : refuse('not-an-integer')
}
