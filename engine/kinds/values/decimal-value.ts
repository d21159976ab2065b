/** Exact decimals of a field: canonical text with `scale` decimals, rounded half away from zero, at most 15 digits. */
import { compareDecimals, type Decimal, fitsScale, formatDecimal, parseDecimal, roundDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { KindOption, Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, numberOption, refuse } from './answer.ts'

/** Digits that a value may have at the scale of its field: what a double still tells apart. */
export const mostDigits = 15
const written = /^[+-]?\d{1,100}(?:\.\d{1,100})?$/

export function scaleOf(field: FieldDefinition, fallback: number): number {
  return Math.min(8, Math.max(0, Math.trunc(numberOption(field.scale, fallback))))
}

/** A string or number of the wire → the canonical string (`12.5` at scale 2 → `"12.50"`). Exponents are refused in strings. */
export function parseDecimalValue(input: unknown, scale: number): Parsed {
  if (isEmpty(input)) return accept(null)
  if (typeof input === 'number') return atScale(textOfNumber(input), scale)
  if (typeof input !== 'string') return refuse('wrong-type', { expected: 'decimal' })
  const text = input.trim()
  return text === '' ? accept(null) : atScale(text, scale)
}

/** The plain text of a double, without exponent: `1e-7` → `0.0000001`. */
export function textOfNumber(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return Math.abs(value) >= 1e21 ? `1${'0'.repeat(21)}` : value.toFixed(20)
}

/** A limit of the definition (number or string) as a decimal, or null when it is absent. */
export function decimalOption(option: unknown): Decimal | null {
  if (typeof option === 'number') return parseDecimal(textOfNumber(option))
  return typeof option === 'string' ? parseDecimal(option) : null
}

/** Issues `minimum` and `maximum` of a canonical value. */
export function checkBounds(value: Json, field: FieldDefinition): readonly Issue[] {
  const number = decimalOption(value)
  const min = decimalOption(field.min)
  const max = decimalOption(field.max)
  if (number === null) return []
  if (min !== null && compareDecimals(number, min) < 0) return [issue('minimum', { min: formatDecimal(min) })]
  if (max !== null && compareDecimals(number, max) > 0) return [issue('maximum', { max: formatDecimal(max) })]
  return []
}

/** A value within the bounds of the field, for previews: `wanted`, or the bound that it crosses. */
export function withinBounds(wanted: string, field: FieldDefinition, scale: number): string {
  const number = decimalOption(wanted)
  const min = decimalOption(field.min)
  const max = decimalOption(field.max)
  if (number === null) return wanted
  if (min !== null && compareDecimals(number, min) < 0) return formatDecimal(roundDecimal(min, scale), scale)
  if (max !== null && compareDecimals(number, max) > 0) return formatDecimal(roundDecimal(max, scale), scale)
  return formatDecimal(roundDecimal(number, scale), scale)
}

const limit: Json = { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^-?\\d{1,15}(\\.\\d{1,8})?$' }] }

export const boundOptions: readonly KindOption[] = [
  { name: 'min', label: both('Smallest', '最小值'), editor: 'number', schema: limit },
  { name: 'max', label: both('Largest', '最大值'), editor: 'number', schema: limit },
]

export function scaleOption(fallback: number): KindOption {
  return {
    name: 'scale',
    label: both('Decimals', '小数位'),
    editor: 'number',
    schema: { type: 'integer', minimum: 0, maximum: 8 },
    default: fallback,
  }
}

function atScale(text: string, scale: number): Parsed {
  const number = written.test(text) ? parseDecimal(text) : null
  if (number === null) return refuse('not-a-number')
  const rounded = roundDecimal(number, scale)
  if (!fitsScale(rounded, scale)) return refuse('too-many-digits', { max: mostDigits })
  const canonical = formatDecimal(rounded, scale)
  return accept(/^-0(?:\.0+)?$/.test(canonical) ? canonical.slice(1) : canonical)
}
