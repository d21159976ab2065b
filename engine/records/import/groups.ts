/** Which rows of a sheet make one record, as numbers; and the few pieces of the sheet that are held to read them. */
import { breathe, rowsPerPiece, type SheetRow, type SheetSource } from './sheet.ts'

/** Rows of the sheet that make one record. */
export interface Group {
  /** In the order in which the records begin, from 0. */
  readonly number: number
  readonly rows: readonly SheetRow[]
}

/** So many pieces are held at once, however long the sheet is. */
export const piecesHeld = 4

/** Rows by record: where they belong together, and where each begins. Four bytes per row. */
interface Order {
  /** Row numbers, those of one record together. */
  readonly rows: Int32Array
  /** Per record where its rows begin in `rows`; one more than there are records. */
  readonly starts: Int32Array
}

/** Reads records from a sheet in any order, a few pieces at a time. */
export class GroupReader {
  readonly total: number
  readonly #source: SheetSource
  readonly #order: Order | null
  readonly #held = new Map<number, readonly SheetRow[]>()

  private constructor(source: SheetSource, order: Order | null) {
    this.#source = source
    this.#order = order
    this.total = order ? order.starts.length - 1 : source.rows
  }

  /** By the cells of the grouping column; undefined: every row is a record. */
  static async open(source: SheetSource, column: string | undefined): Promise<GroupReader> {
    const at = column === undefined ? -1 : source.header.indexOf(column)
    return new GroupReader(source, at < 0 ? null : await orderBy(source, at))
  }

  async read(from: number, count: number): Promise<readonly Group[]> {
    const end = Math.min(this.total, from + count)
    return this.readThese(Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index))
  }

  async readThese(numbers: readonly number[]): Promise<readonly Group[]> {
    const groups: Group[] = []
    for (const number of numbers) {
      const rows: SheetRow[] = []
      for (const row of this.#rowsOf(number)) rows.push(...(await this.#row(row)))
      groups.push({ number, rows })
    }
    return groups
  }

  #rowsOf(number: number): Iterable<number> {
    if (!this.#order) return [number]
    const { rows, starts } = this.#order
    return rows.subarray(starts[number] ?? 0, starts[number + 1] ?? 0)
  }

  async #row(row: number): Promise<readonly SheetRow[]> {
    const number = Math.floor(row / rowsPerPiece)
    const piece = this.#held.get(number) ?? (await this.#source.piece(number))
    this.#held.delete(number)
    this.#held.set(number, piece)
    for (const oldest of [...this.#held.keys()].slice(0, -piecesHeld)) this.#held.delete(oldest)
    return piece.slice(row % rowsPerPiece, (row % rowsPerPiece) + 1)
  }
}

/** One walk over the sheet; rows with an empty cell stand for themselves. */
async function orderBy(source: SheetSource, column: number): Promise<Order> {
  const groupOf = new Int32Array(source.rows)
  const known = new Map<string, number>()
  let groups = 0
  for (let number = 0; number * rowsPerPiece < source.rows; number += 1) {
    for (const [index, row] of (await source.piece(number)).entries()) {
      const key = (row.cells[column] ?? '').trim()
      const group = key === '' ? undefined : known.get(key)
      groupOf[number * rowsPerPiece + index] = group ?? groups
      if (key !== '' && group === undefined) known.set(key, groups)
      if (group === undefined) groups += 1
    }
    await breathe()
  }
  return sorted(groupOf, groups)
}

function sorted(groupOf: Int32Array, groups: number): Order {
  const starts = new Int32Array(groups + 1)
  for (const group of groupOf) starts[group + 1] = (starts[group + 1] ?? 0) + 1
  for (let group = 0; group < groups; group += 1) starts[group + 1] = (starts[group + 1] ?? 0) + (starts[group] ?? 0)
  const next = starts.slice()
  const rows = new Int32Array(groupOf.length)
  for (const [row, group] of groupOf.entries()) {
    rows[next[group] ?? 0] = row
    next[group] = (next[group] ?? 0) + 1
  }
  return { rows, starts }
}
