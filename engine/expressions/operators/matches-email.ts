/** True when the text looks like an email address. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Evaluate, type Operator } from '../node.ts'
import { isEmail } from '../texts.ts'
import { needTexts } from '../type-rules.ts'

export const matchesEmail: Operator = {
  name: 'matches_email',
  meaning: { en: 'True when the text looks like an email address.', 'zh-CN': '文本符合电子邮箱格式时为真。' },
  example: 'matches_email(contact)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needTexts(site) ? valueTypes.boolean : null),
  compile: (args) => {
    const [inner] = args as [Evaluate]
    return (scope) => {
      const value = inner(scope)
      return typeof value === 'string' && isEmail(value)
    }
  },
}
