/** The text without white space at both ends. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'
import { compileText } from '../texting.ts'
import { trimText } from '../texts.ts'
import { needTexts } from '../type-rules.ts'

export const trim: Operator = {
  name: 'trim',
  meaning: { en: 'The text without white space at both ends.', 'zh-CN': '去掉文本两端的空白。' },
  example: 'trim(name)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needTexts(site) ? valueTypes.text : null),
  compile: (args) => compileText(args, trimText),
}
