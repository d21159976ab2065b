/** What the SQL twins of operators write with: fragments, and the writer that knows scope and dialect. */
import type { RawBuilder } from 'kysely'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from '#expressions/expression.ts'
import type { CallNode, Node, RowsNode } from '#expressions/node.ts'

export type Sql = RawBuilder<unknown>

/**
 * How a number stands in a fragment. SQLite: a whole number `value × 10^scale` of at most `digits` digits, or `exact`, its decimal text.
 * PostgreSQL: always `numeric`.
 */
export type NumberForm = { readonly scale: number; readonly digits: number } | 'exact' | 'numeric'

export interface Fragment {
  readonly sql: Sql
  /** Set for numbers. */
  readonly form?: NumberForm
  /** PostgreSQL: a whole-number column in its own type, before the cast to numeric. */
  readonly raw?: Sql
}

export interface Writer {
  readonly dialect: 'sqlite' | 'postgres'
  readonly zone: string
  /** The value of a node; booleans as the database has them, NULL where empty. */
  value(node: Node): Fragment
  /** A boolean in a place where NULL counts as false: bare, so that an index serves it. */
  condition(node: Node): Sql
  /** A boolean that is never NULL. */
  strict(node: Node): Sql
  /** The value where it depends on no column; undefined otherwise. */
  constantOf(node: Node): Value | undefined
  constant(value: Value, type: ValueType): Fragment
  /** A writer for the rows of a table, and the SQL after `SELECT …`: `FROM rows r WHERE r.parent_id = …`. */
  over(rows: RowsNode): { readonly writer: Writer; readonly from: Sql }
  /** For a list of records that stands in a join table: the SQL after `SELECT …`, and its target column. */
  joined(node: Node): { readonly from: Sql; readonly target: Sql } | null
  tableName(form: string): Sql
  nextAlias(): string
}

/** The twin of one operator. `condition` where a bare boolean differs from its strict form. */
export interface Twin {
  /** Never NULL for booleans. */
  value(call: CallNode, writer: Writer): Fragment
  condition?(call: CallNode, writer: Writer): Sql
}

export function isBoolean(node: Node): boolean {
  return node.type.is === 'boolean'
}
