/** An import on its way: what the file holds, how it is mapped, what would happen or has happened. */
import type { Issue } from '#base/problems.ts'

export interface ImportColumn {
  readonly column: string
  /** `customer`, `lines.product`, `owner`. */
  readonly field: string
  /** Of a link: the field of the target that the cells hold. */
  readonly key?: string
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
  readonly errorCount: number
  readonly errors: readonly ImportCellProblem[]
  readonly header: readonly string[]
  readonly mapping: ImportMappingWire
  readonly undo?: ImportUndoWire
}
export interface ImportAnswer {
  readonly id: string
  readonly form: string
  readonly state: string
  readonly report?: ImportReportWire | null
  readonly progress?: { readonly done: number; readonly total: number } | null
}
