/** Stored values as they stand on the wire, as JSON text: what a page of records is put together from. */
import type { Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { type Column, columnFor } from './columns.ts'
import type { Dialect } from './connection.ts'

/** One row of an answer, by position. */
export type Raw = readonly unknown[]

/** A value of the answer: as text of JSON, and as the value itself. */
export interface Cell {
  text(row: Raw): string
  value(row: Raw): Json
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON escapes
const special = /["\\\u0000-\u001f\ud800-\udfff]/

/** Most texts stand for themselves. */
export function quoted(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** What stands at `index`, a column of this type; lists and documents come as the text of their JSON. */
export function cellOf(type: ValueType, index: number, dialect: Dialect): Cell {
  const column = columnFor('cell', type, dialect)
  const text = textOf(column)
  const isDocument = type.is === 'list' || type.is === 'opaque'
  return {
    text: (row) => {
      const raw = row[index]
      return raw === null ? 'null' : text(raw)
    },
    value: (row) => {
      const raw = row[index]
      return isDocument && raw !== null ? (JSON.parse(String(raw)) as Json) : column.fromColumn(raw)
    },
  }
}

/** JSON that the database has put together. */
export function documentCell(index: number): Cell {
  return {
    text: (row) => (row[index] as string | null) ?? 'null',
    value: (row) => (row[index] === null ? null : (JSON.parse(String(row[index])) as Json)),
  }
}

/** Stands for the text of another cell; no JSON begins so. */
export const sameMark = '='

/** A cell that may say that it equals `other`. */
export function cellLike(cell: Cell, other: Cell): Cell {
  const isSame = (row: Raw) => cell.text(row) === sameMark
  return {
    text: (row) => {
      const text = cell.text(row)
      return text === sameMark ? other.text(row) : text
    },
    value: (row) => (isSame(row) ? other.value(row) : cell.value(row)),
  }
}

export const emptyCell: Cell = { text: () => 'null', value: () => null }

function textOf(column: Column): (raw: unknown) => string {
  switch (column.type.is) {
    case 'boolean':
      return (raw) => (raw === 1 || raw === true ? 'true' : 'false')
    case 'decimal':
    case 'duration':
      return (raw) => `"${column.fromColumn(raw)}"`
    case 'list':
    case 'opaque':
      return String
    case 'integer':
      return (raw) => (typeof raw === 'number' ? String(raw) : quoted(String(raw)))
    default:
      return (raw) => quoted(String(raw))
  }
}
