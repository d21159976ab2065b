/** How items of a section flow into rows: left to right, a new row where the span does not fit. */

export interface Spanned {
  readonly id: string
  readonly span: number
}

export const maxColumns = 6

export function rowsOf(items: readonly Spanned[], columns: number): readonly (readonly Spanned[])[] {
  const rows: Spanned[][] = []
  let used = columns
  for (const item of items) {
    const span = Math.min(item.span, columns)
    if (used + span > columns) {
      rows.push([])
      used = 0
    }
    rows.at(-1)?.push({ ...item, span })
    used += span
  }
  return rows
}

export function usedOf(row: readonly Spanned[]): number {
  return row.reduce((sum, item) => sum + item.span, 0)
}
