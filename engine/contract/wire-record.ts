/** Records, lists and their history as they travel. */
import type { Json, JsonObject } from '#base/json.ts'
import type { ProblemDocument } from './wire-problem.ts'

export interface LinkValue {
  readonly id: string
  /** null: the target is not visible. */
  readonly title: string | null
}

export interface RecordAnswer {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly state?: string | null
  readonly owner?: LinkValue | null
  readonly created_at?: string
  readonly created_by?: LinkValue | null
  readonly updated_at?: string
  readonly updated_by?: LinkValue | null
  readonly deleted_at?: string | null
  /** Verbs that this caller has on this record. */
  readonly can?: readonly string[]
  readonly [field: string]: Json | LinkValue | undefined
}

export interface ListRequest {
  readonly filter?: Json
  readonly sort?: readonly string[]
  readonly fields?: readonly string[]
  readonly search?: string
  readonly view?: string
  readonly limit?: number
  readonly cursor?: string
  readonly count?: 'exact'
  readonly deleted?: true
}
export interface ListAnswer {
  readonly records: readonly RecordAnswer[]
  readonly next: string | null
  readonly count: number | null
}

export type BulkOperation =
  | { readonly verb: 'create'; readonly values: JsonObject }
  | { readonly verb: 'update'; readonly id: string; readonly version: number; readonly values: JsonObject }
  | { readonly verb: 'delete'; readonly id: string; readonly version: number }
export interface BulkResult {
  readonly status: number
  readonly id?: string
  readonly version?: number
  /** Why it was refused. */
  readonly problem?: ProblemDocument
}
export interface BulkAnswer {
  readonly results: readonly BulkResult[]
  readonly done: number
  readonly failed: number
}

export interface AggregateRequest {
  readonly group: readonly string[]
  readonly measures: readonly { readonly op: string; readonly field?: string }[]
  readonly filter?: Json
}
export interface AggregateAnswer {
  readonly rows: readonly JsonObject[]
}

export interface FieldChange {
  readonly before: Json
  readonly after: Json
}
export interface RowChange {
  readonly id: string
  /** null: the row was added (before) or removed (after). */
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}
export interface HistoryEntry {
  readonly version: number
  readonly at: string
  readonly by: LinkValue | null
  readonly cause?: Json
  readonly fields: { readonly [field: string]: FieldChange }
  readonly tables?: { readonly [field: string]: readonly RowChange[] }
}
export interface HistoryAnswer {
  readonly changes: readonly HistoryEntry[]
  readonly next?: number | null
}

export interface EvaluateAnswer {
  readonly values: JsonObject
  readonly rules?: {
    readonly [key: string]: { readonly visible?: boolean; readonly required?: boolean; readonly readonly?: boolean }
  }
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message?: string }[]
}
