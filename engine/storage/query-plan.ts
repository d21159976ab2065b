/** What a list, a count or an aggregate asks for: pure data, made by the records layer from a request and the policy. */
import type { Json } from '#base/json.ts'
import type { Model } from '#definitions/model.ts'
import type { Compiled, Place, Row, Surroundings } from '#expressions/expression.ts'
import type { SearchPath } from './search-path.ts'
import type { StoredRecord } from './stored-record.ts'

/** A condition on one record. An unknown (empty) answer counts as false, also under `not`. */
export type Predicate =
  | { readonly always: boolean }
  | { readonly compiled: Compiled; readonly place: Place; readonly recordRow?: Row; readonly recordParentRow?: Row }
  /** The field (own or system) holds one of these wire values. An empty list is false. */
  | { readonly field: string; readonly oneOf: readonly Json[] }
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate }

/** What somebody may see of a form: its records, and per field the records where that field is readable. */
export interface Visibility {
  readonly where: Predicate
  /** Field (or table field) → condition under which its value may be read; absent: always. `{always: false}`: never. */
  readonly guards?: ReadonlyMap<string, Predicate>
}

/** The common part: which records, seen by whom. */
export interface Selection {
  readonly model: Model
  readonly form: string
  readonly around: Surroundings
  /** The policy on `form`: reads raw columns; its guards cover all of `where`, `search`, `sort`, `group` and measures. */
  readonly visible: Visibility
  /** The policy on every other form that links, filters or sorts may reach. A form that is not in it is invisible. */
  readonly targets: ReadonlyMap<string, Visibility>
  /** What the caller and the view ask for. Sees guarded columns only, over links too. */
  readonly where: readonly Predicate[]
  readonly search?: {
    readonly fields: readonly string[]
    readonly text: string
    /** How the database finds them; settled by the readers of plans. */
    readonly path?: SearchPath
  }
  /** Default `living`. */
  readonly deleted?: 'living' | 'bin'
}

export interface SortKey {
  /** A stored or system field. A link sorts by the title of its target. */
  readonly field: string
  readonly direction: 'asc' | 'desc'
  /** For fields that have no column: the expression to sort by. */
  readonly compiled?: { readonly compiled: Compiled; readonly place: Place }
}

export interface ListPlan extends Selection {
  /** Stored fields to read, tables among them; system fields always come along. */
  readonly select: readonly string[]
  /** Empty is the smallest value: first when ascending, last when descending. Ties by id, in the direction of the last key. */
  readonly sort: readonly SortKey[]
  /** `next` of the page before. */
  readonly after?: readonly Json[]
  readonly limit: number
  /** Evaluated on raw columns for each record: the grants that hold for it. */
  readonly conditions?: readonly Predicate[]
}

export interface ListRow {
  readonly record: StoredRecord
  /** Parallel to `conditions`. */
  readonly conditions: readonly boolean[]
}

export interface ListAnswer {
  readonly rows: readonly ListRow[]
  /** Titles of the linked records that are visible: form → id → title. */
  readonly titles: ReadonlyMap<string, ReadonlyMap<string, string | null>>
  /** Key of the last row when there may be more. */
  readonly next: readonly Json[] | null
}

export interface GroupKey {
  readonly field: string
  /** For dates and datetimes (in UTC). */
  readonly bucket?: 'day' | 'week' | 'month' | 'quarter' | 'year'
  readonly compiled?: { readonly compiled: Compiled; readonly place: Place }
}

export interface Measure {
  /** Key in the answer's rows. */
  readonly name: string
  readonly op: 'count' | 'sum' | 'avg' | 'min' | 'max' | 'distinct'
  /** Not for `count`. */
  readonly field?: string
  readonly compiled?: { readonly compiled: Compiled; readonly place: Place }
}

export interface AggregatePlan extends Selection {
  readonly group: readonly GroupKey[]
  readonly measures: readonly Measure[]
  readonly limit: number
}

export interface AggregateAnswer {
  /** By group field and measure name, wire values; ordered by the group keys. Averages carry 12 decimals at most. */
  readonly rows: readonly Readonly<Record<string, Json>>[]
  readonly titles: ReadonlyMap<string, ReadonlyMap<string, string | null>>
}
