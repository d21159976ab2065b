/** True when both sides are the same; two empty sides are the same. */
import { checkEquality, compileEquality } from '../comparing.ts'
import type { Operator } from '../node.ts'

export const equal: Operator = {
  name: '==',
  meaning: {
    en: 'True when both sides are the same; two empty sides are the same.',
    'zh-CN': '两边相同时为真；两边都为空也算相同。',
  },
  example: 'status == "open"',
  arity: { least: 2, most: 2 },
  text: { as: 'infix', symbol: '==', level: 4 },
  filters: 'twin',
  check: checkEquality,
  compile: (args, nodes) => compileEquality(args, nodes, true),
}
