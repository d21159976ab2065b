/** The remainder with the sign of the left side; empty when a side is empty or the divisor is zero. */
import { checkRemainder, compileChain } from '../arithmetic.ts'
import type { Operator } from '../node.ts'
import { remainder } from '../numbers.ts'

export const remainderOf: Operator = {
  name: '%',
  meaning: {
    en: 'The remainder with the sign of the left side; empty when a side is empty or the divisor is zero.',
    'zh-CN': '余数，符号与左边相同；有空值或除数为零时结果为空。',
  },
  example: 'number % 2',
  arity: { least: 2, most: 2 },
  text: { as: 'infix', symbol: '%', level: 7 },
  filters: 'twin',
  check: checkRemainder,
  compile: (args, nodes) => compileChain(args, nodes, remainder),
}
