/** The day of the month of a date, 1 to 31. */
import { valueTypes } from '#definitions/value-type.ts'
import { compileDatePart } from '../dating.ts'
import { call, type Operator } from '../node.ts'
import { needType } from '../type-rules.ts'

export const day: Operator = {
  name: 'day',
  meaning: { en: 'The day of the month of a date, 1 to 31.', 'zh-CN': '日期是当月的第几天，1 到 31。' },
  example: 'day(order_date)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needType(site, 0, 'date') ? valueTypes.integer : null),
  compile: (args) => compileDatePart(args, (date) => Number(date.slice(8, 10))),
}
