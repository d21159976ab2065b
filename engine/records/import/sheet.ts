/** A spreadsheet as text cells: header, rows, and the line of the file where each row began; in pieces, so that a long one is never held whole. */
import { streamCsvRows } from 'hucre/csv'
import { type Issue, Refusal } from '#base/problems.ts'
import { unguard } from '../csv-text.ts'

export interface Sheet {
  readonly header: readonly string[]
  readonly rows: readonly SheetRow[]
}
export interface SheetRow {
  /** 1 is the header; counts records of the file, not line breaks inside quotes. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A sheet that is read piece by piece: all have `rowsPerPiece` rows, the last one what is left. */
export interface SheetSource {
  readonly header: readonly string[]
  /** That hold anything. */
  readonly rows: number
  piece(number: number): Promise<readonly SheetRow[]>
}

/** More rows than this are several files. */
export const mostRows = 100_000
/** Every cell of a row is looked up by its column, so these are few. */
export const mostColumns = 1_000
export const rowsPerPiece = 500
/** A header that does not end within this is refused before it is parsed. */
const longestHeader = 200_000

/** Reads CSV (comma, semicolon or tab, RFC 4180 quotes, optional BOM). Refusal `record-invalid` says what is wrong with the file. */
export function readSheet(text: string): Sheet {
  const { header, rows } = openSheet(text)
  return { header, rows: [...rows] }
}

/** Refusal `record-invalid` where the first line is none. */
export function headerOf(text: string): readonly string[] {
  return openSheet(text).header
}

/** Header and pieces, as `take` gets them one after the other; answers with the number of rows. The loop is let go between pieces. */
export async function cutSheet(
  text: string,
  take: (number: number, rows: readonly SheetRow[]) => Promise<void>,
): Promise<{ readonly header: readonly string[]; readonly rows: number }> {
  const { header, rows } = openSheet(text)
  let piece: SheetRow[] = []
  let count = 0
  for (const row of rows) {
    piece.push(row)
    count += 1
    if (piece.length < rowsPerPiece) continue
    await take(count / rowsPerPiece - 1, piece)
    await breathe()
    piece = []
  }
  if (piece.length > 0) await take(Math.floor(count / rowsPerPiece), piece)
  return { header, rows: count }
}

/** A sheet in memory, for commands and packs. */
export async function sheetOf(text: string): Promise<SheetSource> {
  const pieces: (readonly SheetRow[])[] = []
  const { header, rows } = await cutSheet(text, async (_, piece) => {
    pieces.push(piece)
  })
  return { header, rows, piece: async (number) => pieces[number] ?? [] }
}

/** Lets other requests in between: parsing and the driver of the embedded database never yield by themselves. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function openSheet(text: string): { readonly header: readonly string[]; readonly rows: Generator<SheetRow> } {
  if (text.includes('\u0000')) throw refused('not-a-text-file')
  if (text.length > longestHeader && !/[\r\n]/.test(text.slice(0, longestHeader)))
    throw refused('too-many-columns', { max: mostColumns })
  const lines = streamCsvRows(text, { skipBom: true })
  const first = lines.next()
  const header = textsOf(first.value ?? []).map((cell) => cell.trim())
  if (header.length > mostColumns) throw refused('too-many-columns', { max: mostColumns })
  if (header.every((cell) => cell === '')) throw refused('file-empty')
  const doubled = header.find((cell, index) => cell !== '' && header.indexOf(cell) !== index)
  if (doubled !== undefined) throw refused('column-twice', { column: doubled })
  return { header, rows: filledRows(lines) }
}

function* filledRows(lines: Iterable<readonly unknown[]>): Generator<SheetRow> {
  let line = 1
  for (const values of lines) {
    line += 1
    if (line - 1 > mostRows) throw refused('too-many-rows', { max: mostRows })
    const cells = textsOf(values)
    if (cells.some((cell) => cell.trim() !== '')) yield { line, cells }
  }
}

function textsOf(values: readonly unknown[]): string[] {
  return values.map((cell) => (cell === null || cell === undefined ? '' : unguard(String(cell))))
}

function refused(code: string, params?: Issue['params']): Refusal {
  return new Refusal('record-invalid', { issues: [{ pointer: '', code, ...(params ? { params } : {}) }] })
}
