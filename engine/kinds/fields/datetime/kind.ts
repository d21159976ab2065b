/** `datetime`: a moment, UTC with milliseconds on the wire, shown on the reader's clock. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { accept, both, isEmpty, refuse } from '../../values/answer.ts'
import { readIsoMoment, readMoment, writeMoment } from '../../values/datetime-text.ts'

export const datetime = defineFieldKind({
  name: 'datetime',
  version: 1,
  label: both('Date and time', '日期时间'),
  icon: 'calendar-time',
  group: 'time',
  options: [],
  computable: true,
  type: () => valueTypes.datetime,
  parse(input) {
    if (isEmpty(input)) return accept(null)
    if (typeof input !== 'string') return refuse('wrong-type', { expected: 'datetime' })
    const moment = readIsoMoment(input)
    return moment === null ? refuse('not-a-datetime') : accept(moment)
  },
  parseText(typed, _field, context) {
    if (typed.trim() === '') return accept(null)
    const moment = readMoment(typed, context)
    return moment === null ? refuse('not-a-datetime') : accept(moment)
  },
  format: (value, _field, context) => (typeof value === 'string' ? writeMoment(value, context) : ''),
  check: () => [],
  sample: () => '2026-10-27T09:00:00.000Z',
})
