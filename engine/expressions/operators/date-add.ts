/** The date moved by so many days, weeks, months or years; a moment also by hours, minutes, seconds. */
import { addToDate } from '#base/dates.ts'
import { checkUnit, unitOf } from '../dating.ts'
import { call, type Evaluate, type Operator } from '../node.ts'
import { wholeOf } from '../numbers.ts'
import { needType } from '../type-rules.ts'

export const dateAdd: Operator = {
  name: 'date_add',
  meaning: {
    en: 'The date moved by so many days, weeks, months or years; a moment also by hours, minutes, seconds.',
    'zh-CN': '将日期移动若干天、周、月或年；时刻还可按小时、分钟、秒移动。',
  },
  example: 'date_add(order_date, 30, "day")',
  arity: { least: 3, most: 3 },
  text: call,
  filters: 'twin',
  check: (site) => {
    if (!needType(site, 0, 'date', 'datetime') || !needType(site, 1, 'integer')) return null
    return checkUnit(site) ? (site.args[0]?.type ?? null) : null
  },
  compile: (args, nodes) => {
    const [date, amount] = args as [Evaluate, Evaluate]
    const unit = unitOf(nodes)
    return (scope) => {
      const [from, by] = [date(scope), wholeOf(amount(scope))]
      return typeof from === 'string' && by !== null ? addToDate(from, by, unit) : null
    }
  },
}
