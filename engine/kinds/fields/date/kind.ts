/** `date`: a day of the calendar, `YYYY-MM-DD`. */
import { isDate } from '#base/dates.ts'
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { readDate, writeDate } from '../../values/date-text.ts'

export const date = defineFieldKind({
  name: 'date',
  version: 1,
  label: both('Date', '日期'),
  icon: 'calendar',
  group: 'time',
  options: [],
  computable: true,
  type: () => valueTypes.date,
  parse(input) {
    if (isEmpty(input)) return accept(null)
    if (typeof input !== 'string') return refuse('wrong-type', { expected: 'date' })
    return isDate(input) ? accept(input) : refuse('not-a-date')
  },
  parseText(typed, _field, context) {
    if (typed.trim() === '') return accept(null)
    const found = readDate(typed.replace(/[T\s]+00:00(?::00(?:\.0+)?)?Z?\s*$/, ''), context.locale)
    return found === null ? refuse('not-a-date') : accept(found)
  },
  format: (value, _field, context) => (typeof value === 'string' ? writeDate(value, context.locale) : ''),
  check: () => [],
  sample: () => '2026-10-27',
})
