/** `text`: one line. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { both, numberOption } from '../../values/answer.ts'
import { limitsCross } from '../../values/option-limits.ts'
import { checkText, parseLine, textOptions } from '../../values/text-value.ts'

const defaultMax = 200

export const text = defineFieldKind({
  name: 'text',
  version: 1,
  label: both('Text', '文本'),
  icon: 'letter-t',
  group: 'text',
  options: textOptions(defaultMax, 2000),
  computable: true,
  type: () => valueTypes.text,
  parse: (input) => parseLine(input),
  parseText: (typed) => parseLine(typed),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: (value, field) => (typeof value === 'string' ? checkText(value, field, defaultMax) : []),
  sample: (field) =>
    'Sample text'
      .padEnd(numberOption(field.min_length, 0), '.')
      .slice(0, numberOption(field.max_length, defaultMax))
      .trim(),
  checkOptions: (field) => limitsCross(field, 'min_length', 'max_length'),
})
