/** `tags`: free short texts, each once. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { both, issue, numberOption } from '../../values/answer.ts'
import { parseTexts, readTexts, textsOf, writeTexts } from '../../values/text-list.ts'
import { lengthOf } from '../../values/text-value.ts'

const defaultMax = 50
const longestTag = 100

export const tags = defineFieldKind({
  name: 'tags',
  version: 1,
  label: both('Tags', '标签'),
  icon: 'tags',
  group: 'choice',
  options: [
    {
      name: 'max_items',
      label: both('Most tags', '最多标签数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 1, maximum: 200 },
      default: defaultMax,
    },
  ],
  computable: false,
  type: () => ({ is: 'list', of: { is: 'text' } }),
  parse: (input) => parseTexts(input),
  parseText: (typed) => parseTexts(readTexts(typed)),
  format: (value) => writeTexts(textsOf(value)),
  check(value, field) {
    const max = numberOption(field.max_items, defaultMax)
    const list = textsOf(value)
    const long = list.flatMap((tag, index) =>
      lengthOf(tag) > longestTag ? [issue('too-long', { max: longestTag }, `/${index}`)] : [],
    )
    return list.length > max ? [issue('too-many-items', { max }), ...long] : long
  },
  sample: (field) => ['new', 'important'].slice(0, numberOption(field.max_items, defaultMax)),
})
