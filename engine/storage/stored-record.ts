/** A record as the store gives and takes it, and the face of the record store. */
import type { Json } from '#base/json.ts'
import type { RollupModel } from '#definitions/model.ts'
import type { Path } from '#expressions/expression.ts'
import type { ChangeInput } from './change-input.ts'
import type { Connection } from './connection.ts'

/** Wire values by field name. */
export type Values = Readonly<Record<string, Json>>

export interface StoredRecord {
  readonly id: string
  readonly version: number
  readonly title: string | null
  readonly owner: string | null
  readonly state: string | null
  readonly created_at: string
  readonly created_by: string | null
  readonly updated_at: string
  readonly updated_by: string | null
  /** Set: the record is in the bin. */
  readonly deleted_at: string | null
  /**
   * Links are ids, `links` fields arrays of ids, tables arrays of row objects `{id, …columns}` in order.
   * Roll-ups and stored formulas are included, fields with `stored: false` absent.
   */
  readonly values: Values
}

export interface Target {
  readonly form: string
  readonly id: string
}

/** A record, or with `table` a row of it. */
export interface TableTarget extends Target {
  readonly table?: string
}

export interface LoadOptions {
  /** Locks the records until the transaction ends (PostgreSQL: FOR UPDATE in id order). */
  readonly lock?: boolean
  /** false: without the rows of tables and without `links` fields. Default true. */
  readonly tables?: boolean
  /** true: also those in the bin. Default false. */
  readonly deleted?: boolean
}

/** Records or rows that link to a record. */
export interface Linking {
  readonly form: string
  readonly table?: string
  readonly field: string
  readonly count: number
}

/** Bound to one model; every call works inside the caller's transaction. */
export interface RecordStore {
  /** Writes a new record with its rows and, where one is given, its change. Refusal `not-unique` names the fields. */
  insert(db: Connection, form: string, record: StoredRecord, change?: ChangeInput): Promise<void>
  /** Writes what differs between `before` and `after`, columns and rows, and the change. false: somebody was faster (`before.version` is gone), nothing was written. */
  update(
    db: Connection,
    form: string,
    step: { readonly before: StoredRecord; readonly after: StoredRecord; readonly change?: ChangeInput },
  ): Promise<boolean>
  load(db: Connection, form: string, ids: readonly string[], options?: LoadOptions): Promise<Map<string, StoredRecord>>
  /** Locks in one fixed order (form, id). Nothing to do on SQLite: a write is alone. */
  lock(db: Connection, targets: readonly Target[]): Promise<void>
  /** What stands at the end of each path, in the order of `paths`; null where a link is empty. Ids without a record are absent. */
  values(
    db: Connection,
    form: string,
    request: { readonly ids: readonly string[]; readonly paths: readonly Path[] },
  ): Promise<Map<string, readonly Json[]>>
  /** True when `node` is `ancestor` or stands below it in the tree of `form`. */
  inTree(db: Connection, form: string, pair: { readonly node: string; readonly ancestor: string }): Promise<boolean>
  /** The whole tree of `form` by its parent link: id → parent id. */
  tree(db: Connection, form: string, parentField: string): Promise<Map<string, string | null>>
  /** The unique sets of `form` that another living record already holds with the same values; empty sets do not count. */
  uniqueConflicts(
    db: Connection,
    form: string,
    record: Pick<StoredRecord, 'id' | 'values'>,
  ): Promise<readonly { readonly fields: readonly string[] }[]>
  /** Living records (and rows of such) that link to the record. Without counts of zero. */
  linkedFrom(db: Connection, form: string, id: string): Promise<readonly Linking[]>
  /** The ids of the records behind one entry of `linkedFrom`, at most `limit`. */
  linkingIds(
    db: Connection,
    linking: Pick<Linking, 'form' | 'table' | 'field'>,
    request: { readonly id: string; readonly limit: number },
  ): Promise<readonly string[]>
  /** The roll-up computed afresh for each target id, as wire value of the target field. */
  rollup(db: Connection, rollup: RollupModel, targetIds: readonly string[]): Promise<Map<string, Json>>
  /** Writes computed columns of a record or row, nothing else: no version, no time. */
  setColumns(db: Connection, target: TableTarget, values: Values): Promise<void>
  /** The record that a row of a table belongs to; null when there is no such row. */
  parentOf(db: Connection, target: Required<TableTarget>): Promise<string | null>
  /** Removes a record and its rows for good. */
  erase(db: Connection, target: Target): Promise<void>
}
