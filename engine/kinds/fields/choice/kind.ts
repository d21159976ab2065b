/** `choice`: one of the options of the field. */
import { defineFieldKind } from '#definitions/field-kind.ts'
import { accept, both, issue, refuse } from '../../values/answer.ts'
import { checkOptionList, findOption, labelOfValue, optionListOption, optionsOf } from '../../values/option-list.ts'
import { parseLine } from '../../values/text-value.ts'

export const choice = defineFieldKind({
  name: 'choice',
  version: 1,
  label: both('Choice', '单选'),
  icon: 'circle-dot',
  group: 'choice',
  options: [optionListOption],
  computable: true,
  type: (field) => ({ is: 'text', options: optionsOf(field).map((option) => option.value) }),
  parse: (input) => parseLine(input),
  parseText(typed, field, context) {
    if (typed.trim() === '') return accept(null)
    const option = findOption(typed, field, context.locale)
    return option === undefined ? refuse('not-an-option', { value: typed.trim().slice(0, 100) }) : accept(option.value)
  },
  format: (value, field, context) => (typeof value === 'string' ? labelOfValue(value, field, context.locale) : ''),
  check: (value, field) =>
    optionsOf(field).some((option) => option.value === value)
      ? []
      : [issue('not-an-option', { value: String(value).slice(0, 100) })],
  sample: (field) => optionsOf(field).find((option) => option.archived !== true)?.value ?? null,
  checkOptions: checkOptionList,
})
