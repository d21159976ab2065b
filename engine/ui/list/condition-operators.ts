/** Which questions a column answers, by the type of its values. */

import type { Column } from './columns.ts'
import type { ConditionOperator } from './conditions.ts'

export function operatorsOf(column: Column): readonly ConditionOperator[] {
  const { type } = column
  switch (type.is) {
    case 'boolean':
      return ['is_true', 'is_false']
    case 'integer':
    case 'decimal':
      return ['is', 'is_not', 'less', 'at_most', 'more', 'at_least', 'empty', 'not_empty']
    case 'date':
      return ['is', 'less', 'more', 'last_days', 'next_days', 'empty', 'not_empty']
    case 'time':
    case 'datetime':
    case 'duration':
      return ['less', 'more', 'empty', 'not_empty']
    case 'record':
      return type.form === 'user'
        ? ['mine', 'is', 'is_not', 'empty', 'not_empty']
        : ['is', 'is_not', 'empty', 'not_empty']
    case 'list':
      return ['has', 'empty', 'not_empty']
    case 'text':
      return isChoice(column)
        ? ['is', 'is_not', 'empty', 'not_empty']
        : ['contains', 'is', 'is_not', 'starts', 'empty', 'not_empty']
    default:
      return ['empty', 'not_empty']
  }
}

export function isChoice(column: Column): boolean {
  return column.name === 'state' || (column.type.is === 'text' && column.type.options !== undefined)
}
