/** `money`: an exact amount in the currency that the field names; a string on the wire. */

import type { FieldDefinition } from '#definitions/definition.ts'
import { defineFieldKind, type FormatContext } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, refuse, textOption } from '../../values/answer.ts'
import { currencyDigits, isCurrencyCode, readAmount } from '../../values/currency.ts'
import {
  boundOptions,
  checkBounds,
  parseDecimalValue,
  scaleOf,
  scaleOption,
  withinBounds,
} from '../../values/decimal-value.ts'
import { writeNumber } from '../../values/number-text.ts'
import { limitsCross } from '../../values/option-limits.ts'

const defaultScale = 2

export const money = defineFieldKind({
  name: 'money',
  version: 1,
  label: both('Money', '金额'),
  icon: 'coins',
  group: 'number',
  options: [
    {
      name: 'currency',
      label: both('Currency', '币种'),
      editor: 'field',
      help: both(
        'A field that holds the code, or the code itself; empty: that of the workspace',
        '保存币种代码的字段，或代码本身；留空则用工作区币种',
      ),
      schema: { type: 'string', pattern: '^(?:[A-Z]{3}|(?:\\$parent\\.)?[a-z][a-z0-9_]{0,39})$' },
    },
    scaleOption(defaultScale),
    ...boundOptions,
  ],
  computable: true,
  type: (field) => ({ is: 'decimal', scale: scaleOf(field, defaultScale) }),
  parse: (input, field) => parseDecimalValue(input, scaleOf(field, defaultScale)),
  parseText(typed, field, context) {
    if (typed.trim() === '') return accept(null)
    const currency = currencyOf(field, context)
    const amount = readAmount(typed, context.locale, currency)
    if (amount === null) return refuse('not-a-number')
    if (amount === 'other-currency') return refuse('wrong-currency', { currency: currency ?? '' })
    return parseDecimalValue(amount, scaleOf(field, defaultScale))
  },
  format(value, field, context) {
    if (isEmpty(value) || typeof value !== 'string') return ''
    const currency = currencyOf(field, context)
    const amount = writeNumber(value, context.locale, Math.min(currencyDigits(currency), scaleOf(field, defaultScale)))
    return currency === undefined ? amount : `${currency} ${amount}`
  },
  check: (value, field) => checkBounds(value, field),
  sample: (field) => withinBounds('1250', field, scaleOf(field, defaultScale)),
  checkOptions(field) {
    const currency = textOption(field.currency)
    const unknown = currency !== undefined && /^[A-Z]/.test(currency) && !isCurrencyCode(currency)
    return [
      ...(unknown ? [issue('unknown-currency', { currency }, '/currency')] : []),
      ...limitsCross(field, 'min', 'max'),
    ]
  },
})

/** The resolved currency of the context; else the code that the field itself names. */
function currencyOf(field: FieldDefinition, context: FormatContext): string | undefined {
  const named = textOption(field.currency)
  return context.currency ?? (named !== undefined && isCurrencyCode(named) ? named : undefined)
}
