/** Sums and counts of nothing are 0 from the first moment: what roll-ups hold in a new record and in a new row. */
import type { Json } from '#base/json.ts'
import type { FieldProgram, FormProgram } from '#expressions/form-program.ts'
import { type Merged, rowsOf, type Values } from './merge.ts'

/** The values of a new record before anything is computed. */
export function startValues(program: FormProgram, merged: Merged): Values {
  const values = withEmptyRollups(program, merged)
  return hasRollups(program) ? { ...emptyRollups(program.fields), ...values } : values
}

/** The merged values; rows that are new start with empty roll-ups. */
export function withEmptyRollups(program: FormProgram, merged: Merged): Values {
  const added = Object.entries(merged.added)
  if (added.length === 0) return merged.values
  const values: Record<string, Json> = { ...merged.values }
  for (const [table, ids] of added) {
    const columns = program.fields.get(table)?.columns
    if (!columns || ids.size === 0) continue
    const empty = emptyRollups(columns)
    values[table] = rowsOf(values[table]).map((row) => (ids.has(row.id) ? { ...row, ...empty } : row))
  }
  return values
}

/** What a roll-up over nothing gives. */
export function zeroOf(op: string | undefined, type: string): Json {
  if (op === 'any') return type === 'boolean' ? false : null
  if (op !== 'sum' && op !== 'count' && op !== 'distinct') return null
  return type === 'decimal' ? '0' : 0
}

const rolling = new WeakMap<FormProgram, boolean>()

/** Found once per program. */
function hasRollups(program: FormProgram): boolean {
  const known = rolling.get(program) ?? [...program.fields.values()].some(({ field }) => field.computed === 'rollup')
  rolling.set(program, known)
  return known
}

function emptyRollups(fields: ReadonlyMap<string, FieldProgram>): Values {
  const rolled = [...fields.values()].filter(({ field }) => field.computed === 'rollup')
  return Object.fromEntries(rolled.map(({ field }) => [field.name, zeroOf(field.definition.rollup?.op, field.type.is)]))
}
