/** The average over the rows of a table; empties are skipped, none gives empty. */
import { foldRows, rowType } from '../aggregate.ts'
import type { Value } from '../expression.ts'
import { call, type Operator } from '../node.ts'
import { add, divide, type Numeric } from '../numbers.ts'

export const avg: Operator = {
  name: 'avg',
  meaning: {
    en: 'The average over the rows of a table; empties are skipped, none gives empty.',
    'zh-CN': '表格各行的平均值；跳过空值，没有值时为空。',
  },
  example: 'avg(lines.price)',
  arity: { least: 2, most: 2 },
  text: call,
  overRows: 'always',
  filters: 'twin',
  check: (site) => (rowType(site, 'integer', 'decimal', 'duration') === null ? null : { is: 'decimal', scale: 12 }),
  compile: (args, nodes) => {
    const sum = foldRows<Value>(args, nodes, {
      start: 0,
      step: (state, value) => (value === null ? state : add(state as Numeric, value as Numeric)),
    })
    const count = foldRows<Value>(args, nodes, {
      start: 0,
      step: (state, value) => (value === null ? state : (state as number) + 1),
    })
    return (scope) => divide(sum(scope) as Numeric, count(scope) as number)
  },
}
