/** The date of a moment in the zone of the user. */
import { datetimeMs, todayIn } from '#base/dates.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Evaluate, type Operator } from '../node.ts'
import { needType } from '../type-rules.ts'

export const dateOf: Operator = {
  name: 'date',
  meaning: { en: 'The date of a moment in the zone of the user.', 'zh-CN': '时刻所在的日期（用户所在时区）。' },
  example: 'date(created_at)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needType(site, 0, 'datetime') ? valueTypes.date : null),
  compile: (args) => {
    const [inner] = args as [Evaluate]
    return (scope) => {
      const moment = inner(scope)
      return typeof moment === 'string' ? todayIn(scope.around.zone, datetimeMs(moment)) : null
    }
  },
}
