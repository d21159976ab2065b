/** Keys of cells: `total`, or `lines/<row>/amount`; and JSON Pointers to and from them. */
export type CellKey =
  | { readonly field: string }
  | { readonly table: string; readonly row: string; readonly column: string }

export function splitKey(key: string): CellKey {
  const [first = '', row, column] = key.split('/')
  return row === undefined ? { field: first } : { table: first, row, column: column ?? '' }
}

/** `/lines/0/quantity` → `lines/<id of the first row>/quantity`; `/total` → `total`. */
export function keyOfPointer(pointer: string, rowIds: (table: string) => readonly string[]): string {
  const [field = '', index, column] = pointer.split('/').slice(1)
  if (index === undefined) return field
  const row = rowIds(field)[Number(index)]
  return row === undefined ? field : column === undefined ? field : `${field}/${row}/${column}`
}
