/** `multi_choice`: several of the options of the field, in their order. */

import type { FieldDefinition } from '#definitions/definition.ts'
import { defineFieldKind, type Parsed } from '#definitions/field-kind.ts'
import { accept, both, issue, refuse } from '../../values/answer.ts'
import { checkOptionList, findOption, labelOfValue, optionListOption, optionsOf } from '../../values/option-list.ts'
import { parseTexts, readTexts, textsOf, writeTexts } from '../../values/text-list.ts'

export const multiChoice = defineFieldKind({
  name: 'multi_choice',
  version: 1,
  label: both('Multiple choice', '多选'),
  icon: 'list-check',
  group: 'choice',
  options: [optionListOption],
  computable: false,
  type: (field) => ({ is: 'list', of: { is: 'text', options: optionsOf(field).map((option) => option.value) } }),
  parse: (input, field) => ordered(parseTexts(input), field),
  parseText(typed, field, context) {
    const found = readTexts(typed).map((text) => findOption(text, field, context.locale)?.value ?? { missing: text })
    const missing = found.find((entry) => typeof entry !== 'string')
    if (missing !== undefined && typeof missing !== 'string')
      return refuse('not-an-option', { value: missing.missing.slice(0, 100) })
    return ordered(parseTexts(found), field)
  },
  format: (value, field, context) =>
    writeTexts(textsOf(value).map((entry) => labelOfValue(entry, field, context.locale))),
  check(value, field) {
    const known = new Set(optionsOf(field).map((option) => option.value))
    return textsOf(value).flatMap((entry, index) =>
      known.has(entry) ? [] : [issue('not-an-option', { value: entry.slice(0, 100) }, `/${index}`)],
    )
  },
  sample(field) {
    const offered = optionsOf(field)
      .filter((option) => option.archived !== true)
      .slice(0, 2)
      .map((option) => option.value)
    return offered.length === 0 ? null : offered
  },
  checkOptions: checkOptionList,
})

/** The order of the options, so that equal selections are equal values; unknown ones last. */
function ordered(parsed: Parsed, field: FieldDefinition): Parsed {
  if (!parsed.ok || parsed.value === null) return parsed
  const chosen = textsOf(parsed.value)
  const order = optionsOf(field).map((option) => option.value)
  return accept([
    ...order.filter((value) => chosen.includes(value)),
    ...chosen.filter((value) => !order.includes(value)),
  ])
}
