/** True when there is no value, or a table has no row. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Evaluate, type Operator } from '../node.ts'

export const empty: Operator = {
  name: 'empty',
  meaning: { en: 'True when there is no value, or a table has no row.', 'zh-CN': '没有值、或表格没有行时为真。' },
  example: 'empty(due_date)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: () => valueTypes.boolean,
  compile: (args) => {
    const [inner] = args as [Evaluate]
    return (scope) => {
      const value = inner(scope)
      return value === null || (Array.isArray(value) && value.length === 0)
    }
  },
}
