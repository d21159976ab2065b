/** True when the condition holds in at least one row; false without rows. */
import { valueTypes } from '#definitions/value-type.ts'
import { foldRows, rowType } from '../aggregate.ts'
import { call, type Operator } from '../node.ts'

export const some: Operator = {
  name: 'some',
  meaning: {
    en: 'True when the condition holds in at least one row; false without rows.',
    'zh-CN': '至少一行满足条件时为真；没有行时为假。',
  },
  example: 'some(lines, quantity > 10)',
  arity: { least: 2, most: 2 },
  text: call,
  overRows: 'always',
  filters: 'twin',
  check: (site) => (rowType(site, 'boolean') === null ? null : valueTypes.boolean),
  compile: (args, nodes) =>
    foldRows<boolean>(args, nodes, { start: false, step: (found, value) => found || value === true }),
}
