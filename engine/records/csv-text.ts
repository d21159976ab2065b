/** Cells as CSV text and back: RFC 4180 quotes, and an apostrophe before what a spreadsheet would run. Pure. */

/** What starts a formula, blanks and apostrophes before it aside; full-width twins count, some programs read them alike. */
const runs = /^[\s']*[=+\-@\t\r\n＝＋－＠]/
const guarded = /^'(?=[\s']*[=+\-@\t\r\n＝＋－＠])/

/** A text that no spreadsheet runs; `unguard` gives back exactly the text. */
export function guard(text: string): string {
  return runs.test(text) ? `'${text}` : text
}

/** What `guard` was given; other texts stay as they are. */
export function unguard(text: string): string {
  return text.replace(guarded, '')
}

/** One line with its end. Texts are guarded by the caller: numbers are not. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
