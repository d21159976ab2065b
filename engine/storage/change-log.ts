/** Every change of every record: what changed, who, why; chained by hash per record. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Connection } from './connection.ts'

export interface ChangeInput {
  readonly form: string
  readonly record: string
  readonly version: number
  readonly actor: string | null
  readonly onBehalf?: string | null
  /** What made it: `{write: 'update'}`, `{transition: 'submit'}`, `{import: id}` … */
  readonly cause: Json
  readonly at: string
  /** Wire values, system fields that matter among them; null before a create. */
  readonly before: JsonObject | null
  /** null: erased. */
  readonly after: JsonObject | null
}

/** A field → what it was and what it is; a table → its rows that differ, and its order when that changed. */
export type ChangePatch = Readonly<Record<string, FieldChange | RowsChange>>
export interface FieldChange {
  readonly before: Json
  readonly after: Json
}
export interface RowsChange {
  /** null before: added; null after: removed; else only the columns that differ. */
  readonly rows: readonly { readonly id: string; readonly before: JsonObject | null; readonly after: JsonObject | null }[]
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] }
}

export interface Change {
  readonly seq: number
  readonly form: string
  readonly record: string
  readonly version: number
  readonly actor: string | null
  readonly onBehalf: string | null
  readonly cause: Json
  readonly at: string
  readonly patch: ChangePatch
}

/** Answers with the change's sequence number: the order of everything that happened. */
export declare function appendChange(db: Connection, change: ChangeInput): Promise<number>
/** Newest first; `before` is the `seq` of the last one seen. */
export declare function changesOf(
  db: Connection,
  target: { readonly form: string; readonly record: string },
  page: { readonly before?: number; readonly limit: number },
): Promise<readonly Change[]>
/** Walks all chains; empty when nothing was touched. */
export declare function verifyChanges(db: Connection): Promise<readonly { readonly seq: number; readonly form: string; readonly record: string }[]>
