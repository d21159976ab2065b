/** True when the text begins with the other; false when one is empty. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'
import { compileSearch } from '../texting.ts'
import { needTexts } from '../type-rules.ts'

export const startsWith: Operator = {
  name: 'starts_with',
  meaning: {
    en: 'True when the text begins with the other; false when one is empty.',
    'zh-CN': '文本以另一文本开头时为真；任一为空则为假。',
  },
  example: 'starts_with(name, "A")',
  arity: { least: 2, most: 2 },
  text: call,
  filters: 'twin',
  check: (site) => (needTexts(site) ? valueTypes.boolean : null),
  compile: (args) => compileSearch(args, (text, part) => text.startsWith(part)),
}
