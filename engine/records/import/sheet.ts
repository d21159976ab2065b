/** A spreadsheet as text cells: header, rows, and the line of the file where each row began. */
import { parseCsv } from 'hucre/csv'
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

/** More rows than this are several files. */
export const mostRows = 100_000
/** Every cell of a row is looked up by its column, so these are few. */
export const mostColumns = 1_000
/** A header that does not end within this is refused before it is parsed. */
const longestHeader = 200_000

/** Reads CSV (comma, semicolon or tab, RFC 4180 quotes, optional BOM). Refusal `record-invalid` says what is wrong with the file. */
export function readSheet(text: string): Sheet {
  if (text.includes('\u0000')) throw refused('not-a-text-file')
  if (text.length > longestHeader && !/[\r\n]/.test(text.slice(0, longestHeader)))
    throw refused('too-many-columns', { max: mostColumns })
  const lines = parseCsv(text, { skipBom: true }).map((row) =>
    row.map((cell) => (cell === null || cell === undefined ? '' : unguard(String(cell)))),
  )
  const header = (lines[0] ?? []).map((cell) => cell.trim())
  if (header.length > mostColumns) throw refused('too-many-columns', { max: mostColumns })
  if (header.every((cell) => cell === '')) throw refused('file-empty')
  const doubled = header.find((cell, index) => cell !== '' && header.indexOf(cell) !== index)
  if (doubled !== undefined) throw refused('column-twice', { column: doubled })
  if (lines.length - 1 > mostRows) throw refused('too-many-rows', { max: mostRows })
  const rows = lines
    .slice(1)
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  return { header, rows }
}

function refused(code: string, params?: Issue['params']): Refusal {
  return new Refusal('record-invalid', { issues: [{ pointer: '', code, ...(params ? { params } : {}) }] })
}
