/** Tables as plain data that is the same whatever database holds it: cells, rows in the order of their key, and a digest of all. */
import { createHash } from 'node:crypto'
import type { Json } from '#base/json.ts'
import { canonicalJson } from '../canonical-json.ts'

/** `decimal(2)` among them: exact text with that many decimals. `json` is its canonical text. */
export type CellType = 'text' | 'integer' | 'boolean' | 'json' | `decimal(${number})`

export interface CopyColumn {
  readonly name: string
  readonly type: CellType
}

export interface CopyTable {
  readonly name: string
  /** By name, whatever their order in the database is. */
  readonly columns: readonly CopyColumn[]
  readonly key: readonly string[]
}

/** Whole numbers beyond 2⁵³ are texts. */
export type Cell = string | number | boolean | null
/** In the order of the table's columns. */
export type Row = readonly Cell[]

/** What reads the tables of one database, in one snapshot. */
export interface TableReader {
  /** By name. Without what other programs keep beside. */
  tables(): Promise<readonly CopyTable[]>
  /** All rows in the order of the key, some at a time; `after`: only those whose key is greater. */
  rows(table: CopyTable, after?: Row): AsyncGenerator<readonly Row[]>
  /** The last number given by each table that numbers its rows itself. */
  counters(): Promise<Readonly<Record<string, number>>>
}

/** Tables that are made from the others, and made anew after a copy: the search index. */
export const derivedTables = 'fl_search_'

/** Keys of rows that speak of this one database alone: how its tables were shaped, whether it is closed. */
const ownKeys: Readonly<Record<string, string>> = { fl_setting: 'shape', fl_meta: 'closed' }

/** Such a row is never copied and counts in no digest. */
export function isOwnRow(table: CopyTable, row: Row): boolean {
  const own = ownKeys[table.name]
  return own !== undefined && cellOf(table, row, 'key') === own
}

export function cellOf(table: CopyTable, row: Row, column: string): Cell {
  return row[table.columns.findIndex(({ name }) => name === column)] ?? null
}

/** One table's count and hash; the same rows give the same digest on every database. */
export interface TableDigest {
  readonly rows: number
  readonly sha256: string
}

export class Digest {
  readonly #table: CopyTable
  readonly #hash = createHash('sha256')
  #rows = 0

  constructor(table: CopyTable) {
    this.#table = table
    this.#hash.update(JSON.stringify([table.name, table.columns.map(({ name, type }) => [name, type])]))
  }

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      if (isOwnRow(this.#table, row)) continue
      this.#hash.update(JSON.stringify(row))
      this.#rows += 1
    }
  }

  end(): TableDigest {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') }
  }
}

export type Digests = Readonly<Record<string, TableDigest>>

/** Of every table that the reader knows. */
export async function digestAll(reader: TableReader): Promise<Digests> {
  const digests: Record<string, TableDigest> = {}
  for (const table of await reader.tables()) {
    const digest = new Digest(table)
    for await (const rows of reader.rows(table)) digest.add(rows)
    digests[table.name] = digest.end()
  }
  return digests
}

/** Names of tables whose rows differ, or that only one of them has. */
export function differingTables(one: Digests, other: Digests): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names]
    .filter((name) => one[name]?.sha256 !== other[name]?.sha256 || one[name]?.rows !== other[name]?.rows)
    .sort()
}

export function scaleOf(type: CellType): number | null {
  const scale = /^decimal\((\d+)\)$/.exec(type)?.[1]
  return scale === undefined ? null : Number(scale)
}

export function jsonCell(text: string): string {
  return canonicalJson(JSON.parse(text) as Json)
}

/** A number where that is exact, else its digits. */
export function integerCell(digits: string): number | string {
  const number = Number(digits)
  return Number.isSafeInteger(number) ? number : digits
}
