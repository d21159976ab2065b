/** A condition as words: field, question, value. */
import { useMemo } from 'react'
import type { Text } from '#base/text.ts'
import type { FormModel } from '#definitions/model.ts'
import { type Translate, useLabel, useText } from '../strings/use-text.ts'
import { columnOf } from './columns.ts'
import type { Condition, ConditionOperator } from './conditions.ts'

export interface ConditionWords {
  readonly field: string
  readonly operator: string
  readonly value: string
}

export function useConditionText(form: FormModel): (condition: Condition) => ConditionWords {
  const t = useText()
  const label = useLabel()
  return useMemo(
    () => (condition) => {
      const column = columnOf(form, condition.field)
      const option = choicesOf(form, condition.field).find((one) => one.value === condition.value)
      const days = condition.operator === 'last_days' || condition.operator === 'next_days'
      const typed = condition.value === undefined || condition.value === null ? '' : String(condition.value)
      return {
        field: label(column?.label, condition.field),
        operator: operatorText(condition.operator, t, column?.type.is),
        value: option
          ? label(option.label, String(option.value))
          : days
            ? t('days', { count: Number(condition.value) })
            : typed,
      }
    },
    [form, t, label],
  )
}

export function operatorText(operator: ConditionOperator, t: Translate, type?: string): string {
  const dated = type === 'date' || type === 'datetime' || type === 'time'
  if (dated && operator === 'less') return t('op_before')
  if (dated && operator === 'more') return t('op_after')
  return t(`op_${operator}`)
}

export interface Choice {
  readonly value: string
  readonly label?: Text
}

/** The choices of a field: its options, or the states of the form. */
export function choicesOf(form: FormModel, field: string): readonly Choice[] {
  if (field === 'state')
    return (form.lifecycle?.states ?? []).map((state) => ({
      value: state.name,
      ...(state.label ? { label: state.label } : {}),
    }))
  const options = form.fields.get(field)?.definition['options']
  return Array.isArray(options) ? (options as unknown as readonly Choice[]) : []
}
