/** True when at least one condition holds. */
import { valueTypes } from '#definitions/value-type.ts'
import type { Operator } from '../node.ts'
import { needBooleans } from '../type-rules.ts'

export const or: Operator = {
  name: 'or',
  meaning: { en: 'True when at least one condition holds.', 'zh-CN': '至少一个条件成立时为真。' },
  example: 'urgent or total > 1000',
  arity: { least: 2, most: 100 },
  text: { as: 'infix', symbol: 'or', level: 1 },
  filters: 'twin',
  check: (site) => (needBooleans(site) ? valueTypes.boolean : null),
  compile: (args) => (scope) => {
    for (const each of args) if (each(scope) === true) return true
    return false
  },
}
