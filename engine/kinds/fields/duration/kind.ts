/** `duration`: a length of time, ISO 8601 in hours, minutes and seconds (`PT1H20M`). */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { canonicalDuration, readDuration, writeDuration } from '../../values/duration-text.ts'

export const duration = defineFieldKind({
  name: 'duration',
  version: 1,
  label: both('Duration', '时长'),
  icon: 'hourglass',
  group: 'time',
  options: [],
  computable: true,
  type: () => valueTypes.duration,
  parse(input) {
    if (isEmpty(input)) return accept(null)
    if (typeof input !== 'string') return refuse('wrong-type', { expected: 'duration' })
    const canonical = canonicalDuration(input)
    return canonical === null ? refuse('not-a-duration') : accept(canonical)
  },
  parseText(typed) {
    if (typed.trim() === '') return accept(null)
    const found = readDuration(typed)
    return found === null ? refuse('not-a-duration') : accept(found)
  },
  format: (value, _field, context) => (typeof value === 'string' ? writeDuration(value, context.locale) : ''),
  check: () => [],
  sample: () => 'PT1H20M',
})
