/** How wide the columns of a grid are, and on which side their values stand. */
import type { FieldProgram } from '#expressions/form-program.ts'

export function isRight(column: FieldProgram): boolean {
  return ['integer', 'decimal', 'duration'].includes(column.field.type.is)
}

export function isWide(column: FieldProgram): boolean {
  return column.field.type.is === 'text' && column.field.type.options === undefined
}

export function columnWidth(column: FieldProgram): number {
  switch (column.field.type.is) {
    case 'integer':
    case 'decimal':
      return column.field.kind.name === 'money' ? 100 : 84
    case 'boolean':
      return 72
    case 'date':
      return 116
    case 'record':
      return 136
    default:
      return 128
  }
}
