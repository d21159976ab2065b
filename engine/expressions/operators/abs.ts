/** The value without its sign. */
import { compileUnary } from '../arithmetic.ts'
import { call, type Operator } from '../node.ts'
import { absolute } from '../numbers.ts'
import { needNumbers } from '../type-rules.ts'

export const abs: Operator = {
  name: 'abs',
  meaning: { en: 'The value without its sign.', 'zh-CN': '绝对值。' },
  example: 'abs(balance)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needNumbers(site) ? (site.args[0]?.type ?? null) : null),
  compile: (args) => compileUnary(args, absolute),
}
