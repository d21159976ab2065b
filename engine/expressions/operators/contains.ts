/** True when the text contains the other; false when one is empty. */
import { valueTypes } from '#definitions/value-type.ts'
import { call, type Operator } from '../node.ts'
import { compileSearch } from '../texting.ts'
import { needTexts } from '../type-rules.ts'

export const contains: Operator = {
  name: 'contains',
  meaning: {
    en: 'True when the text contains the other; false when one is empty.',
    'zh-CN': '文本包含另一文本时为真；任一为空则为假。',
  },
  example: 'contains(name, "A")',
  arity: { least: 2, most: 2 },
  text: call,
  filters: 'twin',
  check: (site) => (needTexts(site) ? valueTypes.boolean : null),
  compile: (args) => compileSearch(args, (text, part) => text.includes(part)),
}
