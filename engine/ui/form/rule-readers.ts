/** Which cells' rules read which cells: an edit looks again only at those. */
import type { Compiled } from '#expressions/expression.ts'
import { type CompiledRule, cellsRead, type FieldProgram, type FormProgram } from '#expressions/form-program.ts'

export interface RuleReader {
  readonly program: FieldProgram
  /** The table of a column; null for a field of the record. */
  readonly table: string | null
}

/** Cell key without row (`terms`, `lines/quantity`) → the fields whose rules read it. */
export function ruleReaders(program: FormProgram): ReadonlyMap<string, readonly RuleReader[]> {
  const readers = new Map<string, RuleReader[]>()
  const isTable = (field: string) => program.fields.get(field)?.columns != null
  const note = (reader: RuleReader) => {
    for (const key of new Set(compiledOf(reader.program).flatMap((rule) => cellsRead(rule, reader.table, isTable)))) {
      readers.set(key, [...(readers.get(key) ?? []), reader])
    }
  }
  for (const field of program.fields.values()) {
    note({ program: field, table: null })
    for (const column of field.columns?.values() ?? []) note({ program: column, table: field.field.name })
  }
  return readers
}

function compiledOf(program: FieldProgram): readonly Compiled[] {
  return [program.visible, program.required, program.readonly].filter(isCompiled)
}

function isCompiled(rule: CompiledRule): rule is Compiled {
  return typeof rule !== 'boolean'
}
