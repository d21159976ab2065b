/** The day of the week of a date: Monday 1 to Sunday 7. */
import { weekdayOf } from '#base/dates.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { compileDatePart } from '../dating.ts'
import { call, type Operator } from '../node.ts'
import { needType } from '../type-rules.ts'

export const weekday: Operator = {
  name: 'weekday',
  meaning: {
    en: 'The day of the week of a date: Monday 1 to Sunday 7.',
    'zh-CN': '日期是星期几：星期一为 1，星期日为 7。',
  },
  example: 'weekday(order_date)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needType(site, 0, 'date') ? valueTypes.integer : null),
  compile: (args) => compileDatePart(args, weekdayOf),
}
