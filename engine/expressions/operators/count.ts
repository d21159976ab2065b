/** How many rows a table has; with a condition, in how many it holds; with a value, in how many it is filled. */
import { valueTypes } from '#definitions/value-type.ts'
import { foldRows, rowType } from '../aggregate.ts'
import { call, type Operator } from '../node.ts'

export const count: Operator = {
  name: 'count',
  meaning: {
    en: 'How many rows a table has; with a condition, in how many it holds; with a value, in how many it is filled.',
    'zh-CN': '表格的行数；给出条件时为满足条件的行数；给出值时为该值不为空的行数。',
  },
  example: 'count(lines, quantity > 10)',
  arity: { least: 1, most: 2 },
  text: call,
  overRows: 'always',
  filters: 'twin',
  check: (site) =>
    site.args.length === 1 && site.args[0]?.kind === 'rows'
      ? valueTypes.integer
      : rowType(site) === null
        ? null
        : valueTypes.integer,
  compile: (args, nodes) =>
    foldRows<number>(args, nodes, {
      start: 0,
      step: (count, value) => (value === null || value === false ? count : count + 1),
    }),
}
