/** The greatest whole number not above the value. */
import { valueTypes } from '#definitions/value-type.ts'
import { compileUnary } from '../arithmetic.ts'
import { call, type Operator } from '../node.ts'
import { floor } from '../numbers.ts'
import { needNumbers } from '../type-rules.ts'

export const floorOf: Operator = {
  name: 'floor',
  meaning: { en: 'The greatest whole number not above the value.', 'zh-CN': '不大于该值的最大整数。' },
  example: 'floor(hours)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needNumbers(site) ? valueTypes.integer : null),
  compile: (args) => compileUnary(args, floor),
}
