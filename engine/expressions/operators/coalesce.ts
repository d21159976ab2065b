/** The first value that is not empty. */
import { call, type Operator } from '../node.ts'
import { joinTypes } from '../type-rules.ts'

export const coalesce: Operator = {
  name: 'coalesce',
  meaning: { en: 'The first value that is not empty.', 'zh-CN': '第一个不为空的值。' },
  example: 'coalesce(nickname, name)',
  arity: { least: 2, most: 100 },
  text: call,
  filters: 'twin',
  check: (site) =>
    joinTypes(
      site,
      site.args.map((_, index) => index),
    ),
  compile: (args) => (scope) => {
    for (const each of args) {
      const value = each(scope)
      if (value !== null) return value
    }
    return null
  },
}
