/** Numbers as they are edited: the decimal mark of the locale, no grouping. */
import type { Json } from '#base/json.ts'
import type { FormatContext } from '#definitions/field-kind.ts'
import { writeNumber } from '../values/number-text.ts'

export function plainNumber(value: Json, context: FormatContext): string {
  if (typeof value !== 'string' && typeof value !== 'number') return ''
  const plain = String(value)
  const mark = writeNumber('0.5', context.locale, 1).replace(/\d/g, '')
  return plain.includes('.') ? plain.replace('.', mark) : plain
}
