/** True when all conditions hold. */
import { valueTypes } from '#definitions/value-type.ts'
import type { Operator } from '../node.ts'
import { needBooleans } from '../type-rules.ts'

export const and: Operator = {
  name: 'and',
  meaning: { en: 'True when all conditions hold.', 'zh-CN': '所有条件都成立时为真。' },
  example: 'paid and total > 0',
  arity: { least: 2, most: 100 },
  text: { as: 'infix', symbol: 'and', level: 2 },
  filters: 'twin',
  check: (site) => (needBooleans(site) ? valueTypes.boolean : null),
  compile: (args) => (scope) => {
    for (const each of args) if (each(scope) !== true) return false
    return true
  },
}
