/** The product, exact; empty when a part is empty. */
import { checkProduct, compileChain } from '../arithmetic.ts'
import type { Operator } from '../node.ts'
import { multiply } from '../numbers.ts'

export const times: Operator = {
  name: '*',
  meaning: { en: 'The product, exact; empty when a part is empty.', 'zh-CN': '精确的乘积；任一项为空则结果为空。' },
  example: 'quantity * price',
  arity: { least: 2, most: 100 },
  text: { as: 'infix', symbol: '*', level: 7 },
  filters: 'twin',
  check: checkProduct,
  compile: (args, nodes) => compileChain(args, nodes, multiply),
}
