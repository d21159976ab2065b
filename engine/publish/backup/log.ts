/** The change log as the way from one state of a workspace to another: its changes and publications in order, up to a moment. */
import { datetimeMs } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import { unusable } from '#files/backup-file.ts'
import type { ChangePatch } from '#storage/change-patch.ts'
import type { Cell, CopyTable, Row, TableReader } from '#storage/copy/tables.ts'
import { cellOf } from '#storage/copy/tables.ts'
import { tableNamed } from './write.ts'

/** A time, or the number of the last change that is in. */
export type Moment = { readonly ms: number } | { readonly change: number }

export interface LoggedChange {
  readonly seq: number
  readonly form: string
  readonly record: string
  readonly version: number
  readonly actor: string | null
  readonly at: string
  readonly cause: Json
  readonly patch: ChangePatch
  readonly hash: string
}

export interface Cut {
  /** The last change that is in; 0: none. */
  readonly seq: number
  /** Publications up to here are in. */
  readonly ms: number
}

export class LogReader {
  readonly reader: TableReader
  readonly tables: readonly CopyTable[]

  constructor(reader: TableReader, tables: readonly CopyTable[]) {
    this.reader = reader
    this.tables = tables
  }

  static async open(reader: TableReader): Promise<LogReader> {
    return new LogReader(reader, await reader.tables())
  }

  /**
   * By time: the longest beginning of the log that is not later. What was written by then is in, what began later is not; a write that was
   * on its way at the moment may be either, but whole. By number: that change, and what was published before the next one.
   */
  async cutAt(moment: Moment): Promise<Cut> {
    let cut: Cut = { seq: 0, ms: 'ms' in moment ? moment.ms : 0 }
    for await (const change of this.changes(0)) {
      const ms = datetimeMs(change.at)
      const isIn = 'ms' in moment ? ms <= moment.ms : change.seq <= moment.change
      if (!isIn) return 'ms' in moment ? cut : { ...cut, ms: Math.max(cut.ms, ms - 1) }
      cut = { seq: change.seq, ms: Math.max(cut.ms, ms) }
    }
    return 'ms' in moment ? cut : { ...cut, ms: Math.max(cut.ms, await this.#lastPublication()) }
  }

  async #lastPublication(): Promise<number> {
    let last = 0
    for await (const row of this.rowsOf('fl_revision')) last = Math.max(last, row.ms('at'))
    return last
  }

  async *changes(after: number): AsyncGenerator<LoggedChange> {
    const table = tableNamed(this.tables, 'fl_change')
    for await (const rows of this.reader.rows(
      table,
      table.columns.map(({ name }) => (name === 'seq' ? after : null)),
    ))
      for (const row of rows) yield changeOf(table, row)
  }

  /** Refusal `unavailable`: the log does not hold the change, so it is not the history of the same workspace. */
  async requireChange(head: { readonly seq: number; readonly hash: string } | null): Promise<void> {
    if (head === null) return
    const { value } = await this.changes(head.seq - 1).next()
    if (value && value.seq === head.seq && value.hash === head.hash) return
    throw unusable(
      `The changes are not those of the same workspace: change ${head.seq}, the last one in the backup, is missing or another.`,
      `这些变更不属于同一个工作区：备份中的最后一条变更 ${head.seq} 缺失或不同。`,
    )
  }

  async *rowsOf(name: string): AsyncGenerator<RowView> {
    const table = this.tables.find((each) => each.name === name)
    if (table === undefined) return
    for await (const rows of this.reader.rows(table)) for (const row of rows) yield new RowView(table, row)
  }
}

/** A row by the names of its columns. */
export class RowView {
  readonly table: CopyTable
  readonly row: Row

  constructor(table: CopyTable, row: Row) {
    this.table = table
    this.row = row
  }

  get(column: string): Cell {
    return cellOf(this.table, this.row, column)
  }

  /** Milliseconds of a column that is a time. */
  ms(column: string): number {
    return datetimeMs(String(this.get(column)))
  }

  values(): Record<string, Cell> {
    return Object.fromEntries(this.table.columns.map(({ name }, index) => [name, this.row[index] ?? null]))
  }
}

function changeOf(table: CopyTable, row: Row): LoggedChange {
  const view = new RowView(table, row)
  const actor = view.get('actor')
  return {
    seq: Number(view.get('seq')),
    form: String(view.get('form')),
    record: String(view.get('record')),
    version: Number(view.get('version')),
    actor: actor === null ? null : String(actor),
    at: String(view.get('at')),
    cause: JSON.parse(String(view.get('cause'))) as Json,
    patch: JSON.parse(String(view.get('patch'))) as ChangePatch,
    hash: String(view.get('hash')),
  }
}
