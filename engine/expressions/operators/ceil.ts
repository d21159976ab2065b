/** The smallest whole number not below the value. */
import { valueTypes } from '#definitions/value-type.ts'
import { compileUnary } from '../arithmetic.ts'
import { call, type Operator } from '../node.ts'
import { ceil } from '../numbers.ts'
import { needNumbers } from '../type-rules.ts'

export const ceilOf: Operator = {
  name: 'ceil',
  meaning: { en: 'The smallest whole number not below the value.', 'zh-CN': '不小于该值的最小整数。' },
  example: 'ceil(weight)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needNumbers(site) ? valueTypes.integer : null),
  compile: (args) => compileUnary(args, ceil),
}
