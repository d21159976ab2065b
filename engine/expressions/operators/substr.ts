/** Part of a text: from a position (0 is the first character, negative counts from the end), so many characters. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Evaluate, type Operator } from '../node.ts'
import { clampNumber } from '../texting.ts'
import { partOfText } from '../texts.ts'
import { needType } from '../type-rules.ts'

export const substr: Operator = {
  name: 'substr',
  meaning: {
    en: 'Part of a text: from a position (0 is the first character, negative counts from the end), so many characters.',
    'zh-CN': '截取文本：从某个位置（0 为第一个字符，负数从末尾算起）起若干字符。',
  },
  example: 'substr(code, 0, 3)',
  arity: { least: 2, most: 3 },
  text: call,
  filters: 'twin',
  check: (site) =>
    needType(site, 0, 'text') && needType(site, 1, 'integer') && needType(site, 2, 'integer') ? valueTypes.text : null,
  compile: (args) => {
    const [text, start, length] = args as [Evaluate, Evaluate, Evaluate | undefined]
    return (scope) => {
      const [value, from] = [text(scope), clampNumber(start(scope))]
      const count = length === undefined ? null : clampNumber(length(scope))
      if (typeof value !== 'string' || from === null || (length !== undefined && count === null)) return null
      return partOfText(value, from, count)
    }
  },
}
