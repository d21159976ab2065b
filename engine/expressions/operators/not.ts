/** True when the condition does not hold. */
import { valueTypes } from '#definitions/value-type.ts'
import type { Evaluate, Operator } from '../node.ts'
import { needBooleans } from '../type-rules.ts'

export const not: Operator = {
  name: 'not',
  meaning: { en: 'True when the condition does not hold.', 'zh-CN': '条件不成立时为真。' },
  example: 'not paid',
  arity: { least: 1, most: 1 },
  text: { as: 'prefix', symbol: 'not', level: 3 },
  filters: 'twin',
  check: (site) => (needBooleans(site) ? valueTypes.boolean : null),
  compile: (args) => {
    const [inner] = args as [Evaluate]
    return (scope) => inner(scope) !== true
  },
}
