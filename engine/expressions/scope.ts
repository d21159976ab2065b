/** What an evaluation sees: values, rows, the place of an expression and the scope of one evaluation. */
import type { Decimal } from '#base/decimal.ts'
import type { Model, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'

/** A value inside an evaluation. Empty is null; duration is whole seconds; a link is the id; a table is its rows. */
export type Value = null | boolean | number | string | Decimal | readonly Value[] | Row | readonly Row[]
/** A record or table row as evaluations read it: typed values by field name, system fields included. */
export interface Row {
  readonly [field: string]: Value
}

/** The place of an expression in a definition; each sees only its own names. */
export interface Place {
  readonly model: Model
  /** Whose fields the bare names are. */
  readonly table: TableModel
  /** `$parent`: set for expressions of a table's field. */
  readonly parent?: TableModel
  /** `$record`: in filters of links and `where` of effects, the record being edited; with its own parent. */
  readonly record?: TableModel
  readonly recordParent?: TableModel
  readonly old?: boolean
  readonly user?: boolean
  /** `$now` and `$today`. */
  readonly time?: boolean
  /** Link paths (`customer.tier`), up to three hops. */
  readonly links?: boolean
  /** Fields outside the definition (`$input`, `$vars` …): name → type. */
  readonly extra?: ReadonlyMap<string, ValueType>
  /** The expression must have an SQL twin: filters, row rules, roll-up `where`. */
  readonly sql?: boolean
}

/** What an evaluation reads from outside the record. Fixed once per request. */
export interface Surroundings {
  /** UTC, ISO 8601 with milliseconds. */
  readonly now: string
  /** `YYYY-MM-DD` in the user's zone. */
  readonly today: string
  readonly zone: string
  /** The fields of the user that expressions name by `$user.…`; `id`, `roles` (list), `team` always. null: nobody is signed in. */
  readonly user: Row | null
  /** Reads over a link, loaded beforehand: value of `path` (after the link) of record `id` of `form`; undefined = not loaded. */
  linked?(form: string, id: string, path: readonly string[]): Value | undefined
  /** Is `node` (or a below) in the tree of `form` under `ancestor`? Loaded beforehand, as `linked`. */
  inTree?(form: string, node: string, ancestor: string): boolean | undefined
}

/** What one evaluation sees. */
export interface Scope {
  readonly row: Row
  readonly parent?: Row
  readonly record?: Row
  readonly recordParent?: Row
  readonly old?: Row | null
  readonly extra?: Readonly<Record<string, Value>>
  readonly around: Surroundings
}

/** A read that the expression makes: `['lines', 'amount']` (own rows), `['$parent', 'discount']`, `['customer', 'tier']` (over a link). */
export type Path = readonly string[]
