/** The text in small letters. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'
import { compileText } from '../texting.ts'
import { lowerText } from '../texts.ts'
import { needTexts } from '../type-rules.ts'

export const lower: Operator = {
  name: 'lower',
  meaning: { en: 'The text in small letters.', 'zh-CN': '将文本转为小写。' },
  example: 'lower(name)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needTexts(site) ? valueTypes.text : null),
  compile: (args) => compileText(args, lowerText),
}
