/** The difference, or the negative of one number; empty when a part is empty. */
import { checkSum, compileChain } from '../arithmetic.ts'
import type { Evaluate, Operator } from '../node.ts'
import { negate, numeric, subtract } from '../numbers.ts'

export const minus: Operator = {
  name: '-',
  meaning: {
    en: 'The difference, or the negative of one number; empty when a part is empty.',
    'zh-CN': '求差，或取相反数；任一项为空则结果为空。',
  },
  example: 'total - paid',
  arity: { least: 1, most: 2 },
  text: { as: 'infix', symbol: '-', level: 6 },
  filters: 'twin',
  check: checkSum,
  compile: (args, nodes) => {
    const [first, second] = args as [Evaluate, Evaluate | undefined]
    if (second !== undefined) return compileChain(args, nodes, subtract)
    return (scope) => {
      const value = numeric(first(scope))
      return value === null ? null : negate(value)
    }
  },
}
