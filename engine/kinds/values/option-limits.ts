/** Checks of a field's options that a schema cannot say: two limits that contradict each other. */

import { compareDecimals } from '#base/decimal.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import { issue } from './answer.ts'
import { decimalOption } from './decimal-value.ts'

/** An issue at `low` when it lies above `high`: `limitsCross(field, 'min', 'max')`. */
export function limitsCross(field: FieldDefinition, low: string, high: string): readonly Issue[] {
  const min = decimalOption(field[low])
  const max = decimalOption(field[high])
  if (min === null || max === null || compareDecimals(min, max) <= 0) return []
  return [issue('min-above-max', { min: String(field[low]), max: String(field[high]) }, `/${low}`)]
}
