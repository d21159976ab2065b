/** A record as lines of a sheet: one, or one per row of its tables with its own values repeated, as an import groups them again. */
import { isObject, type JsonObject } from '#base/json.ts'
import type { RecordRights } from '../rights.ts'
import { maskedValue } from '../shown.ts'
import type { Cell } from './cell.ts'
import type { ExportColumn } from './columns.ts'

/** `rights` are those of exporting: what is presented to the caller is cut once more by them. */
export function linesOf(
  record: JsonObject,
  columns: readonly ExportColumn[],
  rights: RecordRights,
): readonly (readonly Cell[])[] {
  const tables = [...new Set(columns.flatMap(({ table }) => table ?? []))]
  const rows = new Map(tables.map((table) => [table, rowsOf(record, table)]))
  const count = Math.max(1, ...[...rows.values()].map((list) => list.length))
  const own = columns.map((column) => (column.table === null ? cellIn(record, column, rights) : null))
  return Array.from({ length: count }, (_, index) =>
    columns.map((column, at) => {
      if (column.table === null) return own[at] ?? null
      const row = rows.get(column.table)?.[index]
      return row ? cellIn(row, column, rights) : null
    }),
  )
}

function rowsOf(record: JsonObject, table: string): readonly JsonObject[] {
  const rows = record[table]
  return Array.isArray(rows) ? rows.filter(isObject) : []
}

const always = new Set(['id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by'])

function cellIn(source: JsonObject, column: ExportColumn, rights: RecordRights): Cell {
  const value = source[column.name]
  if ((column.table === null && always.has(column.name)) || rights.reads(column.path)) return column.cell(value)
  return rights.masks(column.path) ? column.cell(maskedValue(value ?? null)) : null
}
