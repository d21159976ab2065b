/** What a grid and its cards are told about their table. */
import type { FieldProgram } from '#expressions/form-program.ts'

export interface TableProps {
  readonly table: string
  readonly program: FieldProgram
  readonly columns: readonly FieldProgram[]
  readonly totals: readonly string[]
  readonly writable: boolean
  readonly label: string
}
