/** The text in capital letters. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'
import { compileText } from '../texting.ts'
import { upperText } from '../texts.ts'
import { needTexts } from '../type-rules.ts'

export const upper: Operator = {
  name: 'upper',
  meaning: { en: 'The text in capital letters.', 'zh-CN': '将文本转为大写。' },
  example: 'upper(name)',
  arity: { least: 1, most: 1 },
  text: call,
  filters: 'twin',
  check: (site) => (needTexts(site) ? valueTypes.text : null),
  compile: (args) => compileText(args, upperText),
}
