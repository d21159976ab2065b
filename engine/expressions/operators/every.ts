/** True when the condition holds in every row, also without rows. */
import { valueTypes } from '#definitions/value-type.ts'
import { foldRows, rowType } from '../aggregate.ts'
import { call, type Operator } from '../node.ts'

export const every: Operator = {
  name: 'every',
  meaning: {
    en: 'True when the condition holds in every row, also without rows.',
    'zh-CN': '每一行都满足条件时为真；没有行时也为真。',
  },
  example: 'every(lines, quantity > 0)',
  arity: { least: 2, most: 2 },
  text: call,
  overRows: 'always',
  filters: 'twin',
  check: (site) => (rowType(site, 'boolean') === null ? null : valueTypes.boolean),
  compile: (args, nodes) =>
    foldRows<boolean>(args, nodes, { start: true, step: (all, value) => all && value === true }),
}
