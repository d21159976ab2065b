/** The parts joined into one text; an empty part adds nothing. */
import { valueTypes } from '#definitions/value-type.ts'
import type { Operator } from '../node.ts'
import { printValue } from '../texting.ts'
import { needPrintable } from '../type-rules.ts'

export const cat: Operator = {
  name: 'cat',
  meaning: {
    en: 'The parts joined into one text; an empty part adds nothing.',
    'zh-CN': '将各部分连接成文本；空的部分不产生内容。',
  },
  example: 'number & " · " & name',
  arity: { least: 1, most: 100 },
  text: { as: 'infix', symbol: '&', level: 5 },
  filters: 'twin',
  check: (site) => (needPrintable(site) ? valueTypes.text : null),
  compile: (args) => (scope) => {
    let text = ''
    for (const each of args) text += printValue(each(scope))
    return text === '' ? null : text
  },
}
