/** The sum of a column, exact, as the wire has it. */
import { addDecimals, decimalOf, formatDecimal, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import type { FormStore } from './form-store.ts'

export function columnTotal(store: FormStore, table: string, column: FieldProgram): Json {
  const values = store.idsOf(table).map((id) => store.wire(`${table}/${id}/${column.field.name}`))
  const sum = values.reduce((total, value) => {
    const decimal = value === null ? null : parseDecimal(String(value))
    return decimal ? addDecimals(total, decimal) : total
  }, decimalOf(0))
  const { type } = column.field
  if (type.is === 'integer') return Number(formatDecimal(sum, 0))
  return formatDecimal(sum, type.is === 'decimal' ? type.scale : undefined)
}
