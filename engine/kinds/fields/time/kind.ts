/** `time`: a time of day, `HH:MM`, with `:SS` only where there are seconds. */
import { isTime } from '#base/dates.ts'
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { canonicalTime, readTime } from '../../values/time-text.ts'

export const time = defineFieldKind({
  name: 'time',
  version: 1,
  label: both('Time', '时间'),
  icon: 'clock',
  group: 'time',
  options: [],
  computable: true,
  type: () => valueTypes.time,
  parse(input) {
    if (isEmpty(input)) return accept(null)
    if (typeof input !== 'string') return refuse('wrong-type', { expected: 'time' })
    return isTime(input) ? accept(canonicalTime(input)) : refuse('not-a-time')
  },
  parseText(typed) {
    if (typed.trim() === '') return accept(null)
    const found = readTime(typed)
    return found === null ? refuse('not-a-time') : accept(found)
  },
  format: (value) => (typeof value === 'string' ? value : ''),
  check: () => [],
  sample: () => '17:00',
})
