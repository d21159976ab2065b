/** `color`: `#rrggbb` in small letters. */
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'

export const color = defineFieldKind({
  name: 'color',
  version: 1,
  label: both('Colour', '颜色'),
  icon: 'palette',
  group: 'other',
  options: [],
  computable: true,
  type: () => valueTypes.text,
  parse: parseColor,
  parseText: (typed) =>
    parseColor(
      typed
        .normalize('NFKC')
        .trim()
        .replace(/^(?=[0-9a-f]{6}$)/i, '#'),
    ),
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => '#2a5dbf',
})

function parseColor(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input !== 'string') return refuse('wrong-type', { expected: 'color' })
  const text = input.trim().toLowerCase()
  if (/^#[0-9a-f]{6}$/.test(text)) return accept(text)
  return /^#[0-9a-f]{3}$/.test(text)
    ? accept(text.replace(/[0-9a-f]/g, '$&$&'))
    : text === ''
      ? accept(null)
      : refuse('not-a-color')
}
