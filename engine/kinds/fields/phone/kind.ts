/** `phone`: a telephone number as people write it, in half-width figures. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { parseLine } from '../../values/text-value.ts'

const shape = /^\+?[\d\s()./-]+(?:\s?(?:ext\.?|x|#|转)\s?\d{1,8})?$/i

export const phone = defineFieldKind({
  name: 'phone',
  version: 1,
  label: both('Phone', '电话'),
  icon: 'phone',
  group: 'text',
  options: [],
  computable: true,
  type: () => valueTypes.text,
  parse: parsePhone,
  parseText: parsePhone,
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => '+86 755 8888 0000',
})

function parsePhone(input: unknown): Parsed {
  const line = parseLine(
    typeof input === 'string' && !isEmpty(input)
      ? input
          .normalize('NFKC')
          .replace(/[\u2010-\u2015\u2212]/g, '-')
          .replace(/ +/g, ' ')
      : input,
  )
  if (!line.ok || typeof line.value !== 'string') return line
  const figures = line.value.replace(/\D/g, '').length
  return line.value.length <= 40 && figures >= 3 && figures <= 23 && shape.test(line.value)
    ? accept(line.value)
    : refuse('not-a-phone')
}
