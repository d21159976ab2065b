/** Lines of cells → the bytes of a file, as they come: nothing of it is kept. The only door to the library that writes spreadsheets, loaded at first use. */
import type { ValueType } from '#definitions/value-type.ts'
import { csvLine, guard } from '../csv-text.ts'
import type { Cell } from './cell.ts'

export type SheetFormat = 'csv' | 'xlsx'

export interface SheetColumn {
  readonly header: string
  readonly type: ValueType
}

export interface SheetShape {
  /** Of the sheet, in a workbook. */
  readonly name: string
  readonly columns: readonly SheetColumn[]
  /** A byte order mark, by which Excel knows a CSV in UTF-8. */
  readonly bom: boolean
}

export type Lines = AsyncIterable<readonly (readonly Cell[])[]>

export const sheetTypes: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export function writeSheet(format: SheetFormat, shape: SheetShape, lines: Lines): AsyncIterable<Uint8Array> {
  return format === 'csv' ? csvBytes(shape, lines) : xlsxBytes(shape, lines)
}

/** One chunk per page of records. */
async function* csvBytes({ columns, bom }: SheetShape, lines: Lines): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${bom ? '\uFEFF' : ''}${csvLine(columns.map(({ header }) => guard(header)))}`)
  for await (const some of lines) {
    if (some.length > 0) yield encoder.encode(some.map((cells) => csvLine(cells.map(csvCell))).join(''))
  }
}

/** Numbers and dates run nowhere; every other text is guarded. */
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  return cell.is === 'text' || cell.is === 'boolean' ? guard(cell.text) : cell.text
}

async function* xlsxBytes({ name, columns }: SheetShape, lines: Lines): AsyncGenerator<Uint8Array> {
  const { writeXlsxStream } = await import('hucre/xlsx')
  yield* writeXlsxStream(rowsOf(lines), {
    name: sheetName(name),
    columns: columns.map(({ header, type }) => ({ header, width: widthOf(type), ...formatOf(type) })),
    freezePane: { rows: 1 },
  })
}

type XlsxValue = string | number | boolean | Date | null

async function* rowsOf(lines: Lines): AsyncGenerator<XlsxValue[]> {
  for await (const some of lines) for (const cells of some) yield cells.map(xlsxValue)
}

/** A text is a string cell whatever it begins with: only a formula cell runs. */
function xlsxValue(cell: Cell): XlsxValue {
  if (cell === null) return null
  switch (cell.is) {
    case 'number':
      return exact(cell.text)
    case 'boolean':
      return cell.value
    case 'date':
      return sheetDate(cell.text, 'T00:00:00.000Z')
    case 'datetime':
      return sheetDate(cell.text.replace(' ', 'T'), '.000Z')
    default:
      return cell.text.replace(unwritable, '')
  }
}

/** What XML cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

/** A number that a binary float does not give back stays a text. */
function exact(text: string): number | string {
  return text.replace(/^-?0*|[.]/g, '').length <= 15 ? Number(text) : text
}

/** Spreadsheets count days from 1900; earlier ones stay texts. */
function sheetDate(text: string, rest: string): Date | string {
  return text >= '1900-03-01' ? new Date(`${text}${rest}`) : text
}

function formatOf(type: ValueType): { readonly numFmt?: string } {
  switch (type.is) {
    case 'decimal':
      return { numFmt: type.scale === 0 ? '0' : `0.${'0'.repeat(type.scale)}` }
    case 'integer':
      return { numFmt: '0' }
    case 'date':
      return { numFmt: 'yyyy-mm-dd' }
    case 'datetime':
      return { numFmt: 'yyyy-mm-dd hh:mm:ss' }
    default:
      return {}
  }
}

function widthOf(type: ValueType): number {
  return type.is === 'text' || type.is === 'record' || type.is === 'datetime' ? 20 : 12
}

/** At most 31 characters, without those that Excel refuses. */
function sheetName(name: string): string {
  return (
    name
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 31) || 'Sheet'
  )
}
