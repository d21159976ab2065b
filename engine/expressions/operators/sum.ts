/** The sum over the rows of a table; empties are skipped, none gives 0. */
import { foldRows, rowType } from '../aggregate.ts'
import type { Value } from '../expression.ts'
import { call, type Operator } from '../node.ts'
import { add, type Numeric } from '../numbers.ts'

export const sum: Operator = {
  name: 'sum',
  meaning: {
    en: 'The sum over the rows of a table; empties are skipped, none gives 0.',
    'zh-CN': '对表格各行求和；跳过空值，没有行时为 0。',
  },
  example: 'sum(lines.amount)',
  arity: { least: 2, most: 2 },
  text: call,
  overRows: 'always',
  filters: 'twin',
  check: (site) => rowType(site, 'integer', 'decimal', 'duration'),
  compile: (args, nodes) =>
    foldRows<Value>(args, nodes, {
      start: 0,
      step: (sum, value) => (value === null ? sum : add(sum as Numeric, value as Numeric)),
    }),
}
