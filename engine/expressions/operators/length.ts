/** How many characters a text or values a list has; 0 when empty. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Evaluate, type Operator } from '../node.ts'
import { lengthOfText } from '../texts.ts'
import { needType } from '../type-rules.ts'

export const length: Operator = {
  name: 'length',
  meaning: {
    en: 'How many characters a text or values a list has; 0 when empty.',
    'zh-CN': '文本的字符数或列表的元素个数；为空时是 0。',
  },
  example: 'length(name)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needType(site, 0, 'text', 'list') ? valueTypes.integer : null),
  compile: (args) => {
    const [inner] = args as [Evaluate]
    return (scope) => {
      const value = inner(scope)
      if (typeof value === 'string') return lengthOfText(value)
      return Array.isArray(value) ? value.length : 0
    }
  },
}
