/** `region`: country, province, city, district, each a text; read from the widest to the narrowest. */
import { isObject, type Json } from '#base/json.ts'
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { parseLine } from '../../values/text-value.ts'

export const regionParts = ['country', 'province', 'city', 'district'] as const
const longest = 100

export const region = defineFieldKind({
  name: 'region',
  version: 1,
  label: both('Region', '地区'),
  icon: 'map-pin',
  group: 'other',
  options: [],
  computable: false,
  type: () => valueTypes.opaque,
  parse: parseRegion,
  parseText(typed) {
    if (typed.trim() === '') return accept(null)
    const parts = typed
      .normalize('NFC')
      .replaceAll('／', '/')
      .split('/')
      .map((part) => part.trim())
    if (parts.length > regionParts.length) return refuse('not-a-region')
    return parseRegion(Object.fromEntries(regionParts.map((name, index) => [name, parts[index] ?? ''])))
  },
  format(value) {
    if (!isObject(value)) return ''
    const texts = regionParts.map((part) => (typeof value[part] === 'string' ? value[part] : ''))
    return texts
      .join(' / ')
      .replace(/(?: \/ )+$/, '')
      .replace(/ {2}/g, ' ')
  },
  check: () => [],
  sample: () => ({ country: '中国', province: '广东省', city: '深圳市' }),
})

/** Only the four parts; empty ones are left out; none left is empty; the country may not be missing. */
function parseRegion(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (!isObject(input)) return refuse('wrong-type', { expected: 'region' })
  if (Object.keys(input).some((key) => !regionParts.some((part) => part === key))) return refuse('not-a-region')
  const value: Record<string, Json> = {}
  for (const part of regionParts) {
    const line = parseLine(Object.hasOwn(input, part) ? input[part] : null)
    if (!line.ok) return refuse(line.problem[0]?.code ?? 'wrong-type', { expected: 'text' }, `/${part}`)
    if (typeof line.value !== 'string') continue
    if (line.value.length > longest) return refuse('too-long', { max: longest }, `/${part}`)
    if (line.value.includes('/') || line.value.includes('／')) return refuse('not-a-region', undefined, `/${part}`)
    value[part] = line.value
  }
  if (Object.keys(value).length === 0) return accept(null)
  return value.country === undefined ? refuse('country-missing', undefined, '/country') : accept(value)
}
