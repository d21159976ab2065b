/** The checked tree of an expression: every name resolved, every node typed. Closures, SQL and dependencies are made from it. */
import type { FieldModel, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Value } from './expression.ts'
import type { Operator } from './operator.ts'

/** Whose value a name reads, relative to the scope in which the node stands. */
export type Origin = 'row' | 'parent' | 'record' | 'recordParent' | 'old' | 'user' | 'extra'

interface Typed {
  readonly type: ValueType
  /** JSON Pointer into the source. */
  readonly pointer: string
}

export interface LiteralNode extends Typed {
  readonly kind: 'literal'
  readonly value: Value
}
/** A list of literals: the right side of `in`, or a default. */
export interface ListNode extends Typed {
  readonly kind: 'list'
  readonly values: readonly Value[]
}
export interface ReadNode extends Typed {
  readonly kind: 'read'
  readonly from: Origin
  readonly name: string
  /** Absent for system fields and extras. */
  readonly field?: FieldModel
}
/** One step over a link: in the record of `form` (row of `table` of it) read `name`. */
export interface Hop {
  readonly form: string
  readonly table?: string
  readonly name: string
  readonly field?: FieldModel
}
export interface LinkNode extends Typed {
  readonly kind: 'link'
  readonly base: ReadNode
  readonly hops: readonly Hop[]
}
/** The rows of a table field: first argument of an aggregate. */
export interface RowsNode extends Typed {
  readonly kind: 'rows'
  readonly from: Origin
  readonly name: string
  readonly rows: TableModel
}
export interface CallNode extends Typed {
  readonly kind: 'call'
  readonly operator: Operator
  readonly args: readonly Node[]
}
export type Node = LiteralNode | ListNode | ReadNode | LinkNode | RowsNode | CallNode

/** Calls `visit` for the node and everything below it, with how many aggregates enclose it. */
export function walkNodes(node: Node, visit: (node: Node, enclosing: readonly RowsNode[]) => void, enclosing: readonly RowsNode[] = []): void {
  visit(node, enclosing)
  if (node.kind === 'link') visit(node.base, enclosing)
  if (node.kind !== 'call') return
  const rows = node.args[0]
  for (const [index, arg] of node.args.entries()) {
    walkNodes(arg, visit, rows?.kind === 'rows' && index > 0 ? [...enclosing, rows] : enclosing)
  }
}
