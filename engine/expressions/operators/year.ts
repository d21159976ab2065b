/** The year of a date. */
import { valueTypes } from '#definitions/value-type.ts'
import { compileDatePart } from '../dating.ts'
import { call, type Operator } from '../node.ts'
import { needType } from '../type-rules.ts'

export const year: Operator = {
  name: 'year',
  meaning: { en: 'The year of a date.', 'zh-CN': '日期的年份。' },
  example: 'year(order_date)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needType(site, 0, 'date') ? valueTypes.integer : null),
  compile: (args) => compileDatePart(args, (date) => Number(date.slice(0, 4))),
}
