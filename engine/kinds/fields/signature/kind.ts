/** `signature`: what was drawn, as strokes of points; or a typed name where nobody draws. */
import { isObject, type Json } from '#base/json.ts'
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { parseJsonText } from '../../values/json-text.ts'
import { parseLine } from '../../values/text-value.ts'

const mostBytes = 65_536
const longestName = 100
const largestSide = 4000

export const signature = defineFieldKind({
  name: 'signature',
  version: 1,
  label: both('Signature', '签名'),
  icon: 'signature',
  group: 'file',
  options: [],
  computable: false,
  type: () => valueTypes.opaque,
  parse: parseSignature,
  parseText: (typed) => parseJsonText(typed, parseSignature),
  format(value, _field, context) {
    if (!isObject(value)) return ''
    if (typeof value.name === 'string') return value.name
    return context.locale.startsWith('zh') ? '已签名' : 'Signed'
  },
  check: () => [],
  sample: () => ({
    strokes: [
      [
        [10, 40],
        [60, 10],
        [110, 40],
      ],
    ],
    width: 320,
    height: 120,
  }),
})

/** `{strokes, width, height}` with `name` where it was typed; no stroke and no name is empty. */
function parseSignature(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (!isObject(input)) return refuse('wrong-type', { expected: 'signature' })
  const { strokes, width, height, name, ...more } = input
  const typed = parseLine(name)
  if (!typed.ok || Object.keys(more).length > 0 || !isSide(width) || !isSide(height) || !isStrokes(strokes))
    return refuse('not-a-signature')
  if (typeof typed.value === 'string' && typed.value.length > longestName)
    return refuse('too-long', { max: longestName }, '/name')
  if (strokes.length === 0 && typed.value === null) return accept(null)
  const value: Json = typed.value === null ? { strokes, width, height } : { strokes, width, height, name: typed.value }
  return JSON.stringify(value).length > mostBytes ? refuse('too-large', { max: mostBytes }) : accept(value)
}

function isSide(side: unknown): side is number {
  return typeof side === 'number' && Number.isInteger(side) && side >= 1 && side <= largestSide
}

function isStrokes(strokes: unknown): strokes is readonly Json[] {
  return (
    Array.isArray(strokes) &&
    strokes.length <= mostBytes &&
    strokes.every((stroke) => Array.isArray(stroke) && stroke.length > 0 && stroke.every(isPoint))
  )
}

function isPoint(point: unknown): boolean {
  return (
    Array.isArray(point) &&
    point.length === 2 &&
    point.every(
      (side) =>
        typeof side === 'number' && Number.isFinite(side) && Math.abs(side) <= largestSide && !Object.is(side, -0),
    )
  )
}
