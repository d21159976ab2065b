/** What two people did to the rows of one table, cell by cell, for showing side by side. */
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import type { FormStore } from './form-store.ts'
import { isNewRow, knownRows } from './table-edits.ts'

export interface RowChange {
  readonly id: string
  /** Counted from 1, as the form showed it; null: a row that was not there. */
  readonly row: number | null
  readonly what: 'cell' | 'added' | 'removed'
  readonly column?: FieldModel
  readonly value?: Json
}

/** What is unsaved here. */
export function myRowChanges(store: FormStore, field: FieldProgram): readonly RowChange[] {
  const rows = store
    .idsOf(field.field.name)
    .map((id) => ({ id, cell: (name: string) => store.wire(`${field.field.name}/${id}/${name}`) }))
  return changesOf(store, field, rows)
}

/** What their record has otherwise than the one that was read. */
export function theirRowChanges(store: FormStore, field: FieldProgram, rows: Json): readonly RowChange[] {
  const list = (Array.isArray(rows) ? (rows as readonly Json[]) : []).filter(isObject)
  return changesOf(
    store,
    field,
    list.map((row) => ({ id: String(row['id']), cell: (name: string) => row[name] ?? null })),
  )
}

interface SeenRow {
  readonly id: string
  cell(name: string): Json
}

function changesOf(store: FormStore, field: FieldProgram, rows: readonly SeenRow[]): readonly RowChange[] {
  const known = knownRows(store, field.field.name)
  const columns = [...(field.columns?.values() ?? [])].filter((column) => column.field.computed === null)
  const cells = rows.flatMap((row): RowChange[] => {
    if (isNewRow(row.id) || !known.includes(row.id)) return [{ id: row.id, row: null, what: 'added' }]
    return columns.flatMap((column) => {
      const value = row.cell(column.field.name)
      const same = store.original(`${field.field.name}/${row.id}/${column.field.name}`) === JSON.stringify(value)
      return same
        ? []
        : [{ id: row.id, row: known.indexOf(row.id) + 1, what: 'cell' as const, column: column.field, value }]
    })
  })
  const there = new Set(rows.map((row) => row.id))
  return [
    ...cells,
    ...known.flatMap((id, index): RowChange[] => (there.has(id) ? [] : [{ id, row: index + 1, what: 'removed' }])),
  ]
}
