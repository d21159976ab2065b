/** `long_text`: several lines. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { both, numberOption } from '../../values/answer.ts'
import { limitsCross } from '../../values/option-limits.ts'
import { checkText, parseLines, textOptions } from '../../values/text-value.ts'

const defaultMax = 10_000

export const longText = defineFieldKind({
  name: 'long_text',
  version: 1,
  label: both('Long text', '多行文本'),
  icon: 'align-left',
  group: 'text',
  options: textOptions(defaultMax, 1_000_000),
  computable: true,
  type: () => valueTypes.text,
  parse: (input) => parseLines(input),
  parseText: (typed) => parseLines(typed),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: (value, field) => (typeof value === 'string' ? checkText(value, field, defaultMax) : []),
  sample: (field) =>
    'First line\nSecond line'
      .padEnd(numberOption(field.min_length, 0), '.')
      .slice(0, numberOption(field.max_length, defaultMax))
      .trim(),
  checkOptions: (field) => limitsCross(field, 'min_length', 'max_length'),
})
