/** The options of a choice: reading them from the field, finding one by what was typed, and checking the list itself. */

import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import { resolveText, type Text } from '#base/text.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { KindOption } from '#definitions/field-kind.ts'
import { both, issue } from './answer.ts'

export interface ChoiceOption {
  readonly value: string
  readonly label?: Text
  readonly color?: string
  /** Kept for records that have it; no longer offered. */
  readonly archived?: boolean
}

export const optionColors = ['gray', 'blue', 'amber', 'green', 'red', 'teal', 'violet', 'slate'] as const

/** The options in their order. */
export function optionsOf(field: FieldDefinition): readonly ChoiceOption[] {
  const list: Json | undefined = Array.isArray(field.options) ? field.options : undefined
  return Array.isArray(list) ? list.flatMap((entry: Json) => readOption(entry)) : []
}

export function optionLabel(option: ChoiceOption, locale: string): string {
  return resolveText(option.label, locale) || option.value
}

/** What a value is called: its label, or the value itself when it is no longer an option. */
export function labelOfValue(value: string, field: FieldDefinition, locale: string): string {
  const option = optionsOf(field).find((entry) => entry.value === value)
  return option === undefined ? value : optionLabel(option, locale)
}

/** The option that was typed: its label in this locale, its value, its label in any locale; letters of either case. */
export function findOption(text: string, field: FieldDefinition, locale: string): ChoiceOption | undefined {
  const options = optionsOf(field)
  const wanted = folded(text)
  return (
    options.find((option) => folded(optionLabel(option, locale)) === wanted) ??
    options.find((option) => folded(option.value) === wanted) ??
    options.find((option) => labelsOf(option).some((label) => folded(label) === wanted))
  )
}

/** Two options with one value, or one label in the same language, could not be told apart. */
export function checkOptionList(field: FieldDefinition): readonly Issue[] {
  const seen = new Set<string>()
  return optionsOf(field).flatMap((option, index) => {
    const keys = [`value ${option.value}`, ...labelKeys(option)]
    const taken = keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return taken ? [issue('option-duplicate', { value: option.value }, `/options/${index}`)] : []
  })
}

const text: Json = {
  anyOf: [
    { type: 'string', minLength: 1, maxLength: 200 },
    { type: 'object', minProperties: 1, additionalProperties: { type: 'string', minLength: 1, maxLength: 200 } },
  ],
}

export const optionListOption: KindOption = {
  name: 'options',
  label: both('Options', '选项'),
  editor: 'options',
  required: true,
  schema: {
    type: 'array',
    minItems: 1,
    maxItems: 500,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['value'],
      properties: {
        value: { type: 'string', minLength: 1, maxLength: 100, pattern: '^\\S(.*\\S)?$' },
        label: text,
        color: { enum: [...optionColors] },
        archived: { type: 'boolean' },
      },
    },
  },
}

function readOption(entry: Json): readonly ChoiceOption[] {
  if (!isObject(entry) || typeof entry.value !== 'string') return []
  return [
    {
      value: entry.value,
      ...(entry.label === undefined ? {} : { label: entry.label as Text }),
      ...(typeof entry.color === 'string' ? { color: entry.color } : {}),
      ...(entry.archived === true ? { archived: true } : {}),
    },
  ]
}

function labelsOf(option: ChoiceOption): readonly string[] {
  if (option.label === undefined) return []
  return typeof option.label === 'string' ? [option.label] : Object.values(option.label)
}

function labelKeys(option: ChoiceOption): readonly string[] {
  if (option.label === undefined) return []
  if (typeof option.label === 'string') return [`label * ${folded(option.label)}`]
  return Object.entries(option.label).map(([locale, label]) => `label ${locale} ${folded(label)}`)
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
