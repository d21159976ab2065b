/** The first sheet of an Excel workbook as CSV text: typed cells in the one way in which every field reads them. */
import { type Issue, Refusal } from '#base/problems.ts'
import { csvLine, guard } from '../csv-text.ts'
import { breathe, mostColumns, mostRows } from './sheet.ts'
import { requireModestZip, workbookLimits } from './zip-limits.ts'
import { requireModestTrees } from './zip-trees.ts'

/** A short text may be pointed at by every cell, so that the outcome is measured, too. */
const mostText = 64 * 1024 * 1024
/** One cell far to the right makes a wide row of empty ones. */
const mostSlots = 20_000_000
/** Rows between two moments in which others get their turn. */
const turn = 200

/** Refusals: `record-invalid` for what is no workbook, or one too large to be read. Whatever the library says of its inside is the file's fault. */
export async function workbookText(bytes: Uint8Array): Promise<string> {
  requireModestTrees(bytes, requireModestZip(bytes, workbookLimits))
  const read = latest.then(() => readSheet(bytes))
  latest = read.catch(() => undefined)
  return read
}

/** One after the other: each takes much memory while it is read. */
let latest: Promise<unknown> = Promise.resolve()

async function readSheet(bytes: Uint8Array): Promise<string> {
  try {
    return await firstSheet(bytes)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refused('not-a-workbook')
  }
}

/** Lines keep their numbers: empty ones stay between filled ones, and are left out at the end. */
async function firstSheet(bytes: Uint8Array): Promise<string> {
  const { streamXlsxRows } = await import('hucre/xlsx')
  const lines: string[] = []
  let size = 0
  let slots = 0
  let rows = 0
  for await (const { index, values } of streamXlsxRows(bytes)) {
    const width = lastOf(values) + 1
    slots += values.length
    rows += 1
    if (rows % turn === 0) await breathe()
    if (slots > mostSlots) throw refused('archive-too-large')
    if (width === 0) continue
    if (index > mostRows) throw refused('too-many-rows', { max: mostRows })
    if (width > mostColumns) throw refused('too-many-columns', { max: mostColumns })
    while (lines.length < index) lines.push('""\r\n')
    const line = csvLine(values.slice(0, width).map(textOf))
    size += line.length
    if (size > mostText) throw refused('archive-too-large')
    lines.push(line)
  }
  return lines.join('')
}

function lastOf(values: readonly unknown[]): number {
  return values.findLastIndex((value) => value !== null && value !== undefined && value !== '')
}

function textOf(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return momentText(value)
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'boolean' ? String(value) : guard(value)
}

/** What a workbook shows of a number: fifteen digits, without an exponent. */
function numberText(value: number): string {
  const rounded = Number(value.toPrecision(15))
  const text = String(rounded)
  return text.includes('e') ? rounded.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text
}

/** A day, a time of day (of the day zero of spreadsheets), or both, by the clock on the wall. */
function momentText(value: Date): string {
  if (Number.isNaN(value.getTime())) return ''
  const [day = '', time = ''] = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().split(/T|\./)
  if (value.getUTCFullYear() < 1900) return time
  return time === '00:00:00' ? day : `${day} ${time}`
}

function refused(code: string, params?: Issue['params']): Refusal {
  return new Refusal('record-invalid', { issues: [{ pointer: '', code, ...(params ? { params } : {}) }] })
}
