/** The day of the request in the zone of the user. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'

export const today: Operator = {
  name: 'today',
  meaning: { en: 'The day of the request in the zone of the user.', 'zh-CN': '请求当天的日期（用户所在时区）。' },
  example: 'today()',
  arity: { least: 0, most: 0 },
  text: call,
  filters: 'twin',
  check: (site) => (site.place.time === true ? valueTypes.date : site.report('not-here', { name: '$today' })),
  compile: () => (scope) => scope.around.today,
}
