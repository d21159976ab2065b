/** The sum; empty when a part is empty. */
import { checkSum, compileChain } from '../arithmetic.ts'
import type { Operator } from '../node.ts'
import { add } from '../numbers.ts'

export const plus: Operator = {
  name: '+',
  meaning: { en: 'The sum; empty when a part is empty.', 'zh-CN': '求和；任一项为空则结果为空。' },
  example: 'price + tax',
  arity: { least: 2, most: 100 },
  text: { as: 'infix', symbol: '+', level: 6 },
  filters: 'twin',
  check: checkSum,
  compile: (args, nodes) => compileChain(args, nodes, add),
}
