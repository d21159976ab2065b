/** The name of a chosen option, with a dot of its colour where it has one. */
import type { FieldDefinition } from '#definitions/definition.ts'
import { labelOfValue, optionsOf } from '../values/option-list.ts'

export interface OptionMarkProps {
  readonly value: string
  readonly field: FieldDefinition
  readonly locale: string
}

export function OptionMark({ value, field, locale }: OptionMarkProps) {
  const color = optionsOf(field).find((option) => option.value === value)?.color
  return (
    <span className="fl-option-mark">
      {color !== undefined && <i className={`fl-dot ${color}`} aria-hidden="true" />}
      <span className="fl-cut">{labelOfValue(value, field, locale)}</span>
    </span>
  )
}
