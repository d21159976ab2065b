/** `integer`: a whole number between ±(2^53 − 1), a JSON number on the wire. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { checkBounds, withinBounds } from '../../values/decimal-value.ts'
import { readNumber, writeNumber } from '../../values/number-text.ts'
import { limitsCross } from '../../values/option-limits.ts'

const whole = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }

export const integer = defineFieldKind({
  name: 'integer',
  version: 1,
  label: both('Whole number', '整数'),
  icon: 'number-123',
  group: 'number',
  options: [
    { name: 'min', label: both('Smallest', '最小值'), editor: 'number', schema: whole },
    { name: 'max', label: both('Largest', '最大值'), editor: 'number', schema: whole },
  ],
  computable: true,
  type: () => valueTypes.integer,
  parse: parseInteger,
  parseText(typed, _field, context) {
    if (typed.trim() === '') return accept(null)
    const plain = readNumber(typed, context.locale)
    if (plain === null) return refuse('not-a-number')
    return /\.\d*[1-9]/.test(plain) ? refuse('not-an-integer') : parseInteger(Number(plain))
  },
  format: (value, _field, context) => (typeof value === 'number' ? writeNumber(String(value), context.locale, 0) : ''),
  check: (value, field) => checkBounds(value, field),
  sample: (field) => Number(withinBounds('12', field, 0)),
  checkOptions: (field) => limitsCross(field, 'min', 'max'),
})

function parseInteger(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input !== 'number') return refuse('wrong-type', { expected: 'integer' })
  if (!Number.isInteger(input)) return refuse('not-an-integer')
  return Number.isSafeInteger(input) ? accept(input === 0 ? 0 : input) : refuse('too-many-digits', { max: 15 })
}
