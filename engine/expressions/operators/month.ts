/** The month of a date, 1 to 12. */
import { valueTypes } from '#definitions/value-type.ts'
import { compileDatePart } from '../dating.ts'
import { call, type Operator } from '../node.ts'
import { needType } from '../type-rules.ts'

export const month: Operator = {
  name: 'month',
  meaning: { en: 'The month of a date, 1 to 12.', 'zh-CN': '日期的月份，1 到 12。' },
  example: 'month(order_date)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needType(site, 0, 'date') ? valueTypes.integer : null),
  compile: (args) => compileDatePart(args, (date) => Number(date.slice(5, 7))),
}
