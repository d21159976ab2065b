/** The moment of the request. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'

export const now: Operator = {
  name: 'now',
  meaning: { en: 'The moment of the request.', 'zh-CN': '请求发生的时刻。' },
  example: 'now()',
  arity: { least: 0, most: 0 },
  text: call,
  filters: 'twin',
  check: (site) => (site.place.time === true ? valueTypes.datetime : site.report('not-here', { name: '$now' })),
  compile: () => (scope) => scope.around.now,
}
