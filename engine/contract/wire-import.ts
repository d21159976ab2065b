/** An import on its way: what the file holds, how it is mapped, what would happen or has happened. */
import type { Issue } from '#base/problems.ts'

export interface ImportColumn {
  readonly column: string
  /** `customer`, `lines.product`, `owner`. */
  readonly field: string
  /** Of a link: the field of the target that the cells hold. */
  readonly key?: string
  /** Of a link: what is missing is made. */
  readonly create?: boolean
}
export interface ImportMappingWire {
  readonly columns: readonly ImportColumn[]
  /** Rows with the same cell in this column are one record. */
  readonly group?: string
  /** A unique field: an existing record with the same value is changed. */
  readonly match?: string
}
export interface ImportCellProblem {
  readonly line: number
  readonly column: string | null
  readonly field: string | null
  readonly text: string
  readonly message?: string
  readonly issue?: Issue
}
export interface ImportUndoWire {
  readonly removed: number
  readonly restored: number
  readonly partly: number
  readonly kept: number
  /** The first 1,000, those that were not simply undone before the others. */
  readonly records: readonly {
    readonly record: string
    readonly form?: string
    readonly outcome: 'removed' | 'restored' | 'partly' | 'kept'
    readonly fields: readonly string[]
    readonly code?: string
    readonly message?: string
  }[]
}
export interface ImportReportWire {
  readonly rows: number
  readonly records: number
  readonly created: number
  readonly updated: number
  /** Records of other forms that were missing. */
  readonly targets: number
  readonly errorCount: number
  readonly errors: readonly ImportCellProblem[]
  readonly header: readonly string[]
  readonly mapping: ImportMappingWire
  readonly undo?: ImportUndoWire
  /** Ended half-way: by somebody, or by a record that does not fit. */
  readonly stopped?: 'asked' | 'refused'
  /** The problem that ended it. */
  readonly failed?: string
}
export type ImportStateWire =
  | 'arriving'
  | 'checking'
  | 'ready'
  | 'running'
  | 'stopped'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone'
/** How an import stands. */
export interface ImportLineWire {
  readonly id: string
  readonly form: string
  readonly state: ImportStateWire
  /** Of its file. */
  readonly name: string | null
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly counts: {
    readonly created: number
    readonly updated: number
    readonly targets: number
    readonly errors: number
  }
  /** Somebody has asked it to end. */
  readonly asked: 'stop' | 'undo' | null
  readonly created_at: string
}
export interface ImportAnswer extends ImportLineWire {
  readonly report: ImportReportWire
}
