/** `decimal`: an exact number with a fixed number of decimals; a string on the wire. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { accept, both, refuse } from '../../values/answer.ts'
import {
  boundOptions,
  checkBounds,
  parseDecimalValue,
  scaleOf,
  scaleOption,
  withinBounds,
} from '../../values/decimal-value.ts'
import { readNumber, writeNumber } from '../../values/number-text.ts'
import { limitsCross } from '../../values/option-limits.ts'

const defaultScale = 2

export const decimal = defineFieldKind({
  name: 'decimal',
  version: 1,
  label: both('Decimal number', '小数'),
  icon: 'number',
  group: 'number',
  options: [scaleOption(defaultScale), ...boundOptions],
  computable: true,
  type: (field) => ({ is: 'decimal', scale: scaleOf(field, defaultScale) }),
  parse: (input, field) => parseDecimalValue(input, scaleOf(field, defaultScale)),
  parseText(typed, field, context) {
    if (typed.trim() === '') return accept(null)
    const plain = readNumber(typed, context.locale)
    return plain === null ? refuse('not-a-number') : parseDecimalValue(padded(plain), scaleOf(field, defaultScale))
  },
  format: (value, _field, context) => (typeof value === 'string' ? writeNumber(value, context.locale, 0) : ''),
  check: (value, field) => checkBounds(value, field),
  sample: (field) => withinBounds('12.5', field, scaleOf(field, defaultScale)),
  checkOptions: (field) => limitsCross(field, 'min', 'max'),
})

/** `.5` → `0.5` */
function padded(plain: string): string {
  return plain.replace(/^(-?)\./, '$10.')
}
