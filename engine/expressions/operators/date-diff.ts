/** Whole days, weeks, months or years from the first date to the second. */
import { diffDates } from '#base/dates.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { checkUnit, unitOf } from '../dating.ts'
import { call, type Evaluate, type Operator } from '../node.ts'
import { needComparable, needType } from '../type-rules.ts'

export const dateDiff: Operator = {
  name: 'date_diff',
  meaning: {
    en: 'Whole days, weeks, months or years from the first date to the second.',
    'zh-CN': '从第一个日期到第二个日期的整天、周、月或年数。',
  },
  example: 'date_diff(due_date, today(), "day")',
  arity: { least: 3, most: 3 },
  text: call,
  filters: 'twin',
  check: (site) => {
    if (
      !needType(site, 0, 'date', 'datetime') ||
      !needType(site, 1, 'date', 'datetime') ||
      !needComparable(site, 'ordered')
    )
      return null
    return checkUnit(site) ? valueTypes.integer : null
  },
  compile: (args, nodes) => {
    const [start, end] = args as [Evaluate, Evaluate]
    const unit = unitOf(nodes)
    return (scope) => {
      const [from, to] = [start(scope), end(scope)]
      return typeof from === 'string' && typeof to === 'string' ? diffDates(from, to, unit) : null
    }
  },
}
