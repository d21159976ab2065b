/** True when the left side is smaller; false when a side is empty. */
import { checkOrder, compileOrder } from '../comparing.ts'
import type { Operator } from '../node.ts'

export const less: Operator = {
  name: '<',
  meaning: {
    en: 'True when the left side is smaller; false when a side is empty.',
    'zh-CN': '左边较小时为真；有一边为空则为假。',
  },
  example: 'total < 100',
  arity: { least: 2, most: 2 },
  text: { as: 'infix', symbol: '<', level: 4 },
  filters: 'twin',
  check: checkOrder,
  compile: (args, nodes) => compileOrder(args, nodes, (order) => order < 0),
}
