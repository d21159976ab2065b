/** The quotient with twelve decimals; empty when a side is empty or the divisor is zero. */
import { checkQuotient, compileChain } from '../arithmetic.ts'
import type { Operator } from '../node.ts'
import { divide } from '../numbers.ts'

export const dividedBy: Operator = {
  name: '/',
  meaning: {
    en: 'The quotient with twelve decimals; empty when a side is empty or the divisor is zero.',
    'zh-CN': '商，保留十二位小数；有空值或除数为零时结果为空。',
  },
  example: 'discount / 100',
  arity: { least: 2, most: 2 },
  text: { as: 'infix', symbol: '/', level: 7 },
  filters: 'twin',
  check: checkQuotient,
  compile: (args, nodes) => compileChain(args, nodes, divide),
}
