/** True when the sides differ; an empty and a filled side differ. */
import { checkEquality, compileEquality } from '../comparing.ts'
import type { Operator } from '../node.ts'

export const notEqual: Operator = {
  name: '!=',
  meaning: {
    en: 'True when the sides differ; an empty and a filled side differ.',
    'zh-CN': '两边不同时为真；一边为空一边不为空也算不同。',
  },
  example: 'status != "open"',
  arity: { least: 2, most: 2 },
  text: { as: 'infix', symbol: '!=', level: 4 },
  filters: 'twin',
  check: checkEquality,
  compile: (args, nodes) => compileEquality(args, nodes, false),
}
