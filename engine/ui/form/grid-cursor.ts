/** Where the cursor of a grid stands, and where a key takes it. Pure. */
export interface Cursor {
  readonly row: number
  readonly column: number
}
export interface GridSize {
  readonly rows: number
  readonly columns: number
}

/** Where the key leads; `add` when Enter or ↓ leaves the last row; null when it is not for the grid. */
export function moveCursor(
  cursor: Cursor,
  key: { readonly name: string; readonly shift: boolean; readonly control: boolean },
  size: GridSize,
): Cursor | 'add' | null {
  const last = { row: size.rows - 1, column: size.columns - 1 }
  const to = (row: number, column: number): Cursor => ({
    row: clamp(row, last.row),
    column: clamp(column, last.column),
  })
  switch (key.name) {
    case 'ArrowUp':
      return to(cursor.row - 1, cursor.column)
    case 'ArrowDown':
      return to(cursor.row + 1, cursor.column)
    case 'ArrowLeft':
      return to(cursor.row, cursor.column - 1)
    case 'ArrowRight':
      return to(cursor.row, cursor.column + 1)
    case 'Home':
      return key.control ? to(0, 0) : to(cursor.row, 0)
    case 'End':
      return key.control ? to(last.row, last.column) : to(cursor.row, last.column)
    case 'PageUp':
      return to(cursor.row - 10, cursor.column)
    case 'PageDown':
      return to(cursor.row + 10, cursor.column)
    case 'Enter':
      return key.shift
        ? to(cursor.row - 1, cursor.column)
        : cursor.row >= last.row
          ? 'add'
          : to(cursor.row + 1, cursor.column)
    case 'Tab':
      return moveTab(cursor, key.shift, last)
    default:
      return null
  }
}

/** Tab goes on in the next row; out of the first and the last cell it leaves the grid. */
function moveTab(cursor: Cursor, back: boolean, last: Cursor): Cursor | null {
  if (back) {
    if (cursor.column > 0) return { row: cursor.row, column: cursor.column - 1 }
    return cursor.row > 0 ? { row: cursor.row - 1, column: last.column } : null
  }
  if (cursor.column < last.column) return { row: cursor.row, column: cursor.column + 1 }
  return cursor.row < last.row ? { row: cursor.row + 1, column: 0 } : null
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(value, last))
}

/** Rows and cells of tab-separated text, as spreadsheets copy it; quoted cells may hold line breaks. */
export function readTabbed(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string
    if (quoted && letter === '"' && text[at + 1] === '"') {
      cell += '"'
      at++
    } else if (letter === '"' && (quoted || cell === '')) quoted = !quoted
    else if (!quoted && (letter === '\t' || letter === '\n')) {
      rows[rows.length - 1]?.push(cell)
      cell = ''
      if (letter === '\n') rows.push([])
    } else if (quoted || letter !== '\r') cell += letter
  }
  rows[rows.length - 1]?.push(cell)
  return rows.filter((row) => row.length > 1 || row[0] !== '')
}
