/** The smallest of the values, or of the rows of a table; empties are skipped. */
import { checkExtreme, compileExtreme } from '../extremes.ts'
import { call, type Operator } from '../node.ts'

export const min: Operator = {
  name: 'min',
  meaning: {
    en: 'The smallest of the values, or of the rows of a table; empties are skipped.',
    'zh-CN': '各值或表格各行中的最小值；跳过空值。',
  },
  example: 'min(lines.price)',
  arity: { least: 1, most: 100 },
  text: call,
  overRows: 'may',
  filters: 'twin',
  check: checkExtreme,
  compile: (args, nodes) => compileExtreme(args, nodes, -1),
}
