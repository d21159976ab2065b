/** The checked tree of an expression, every name resolved, every node typed, and the face of the operators that it calls. */
import type { Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { FieldModel, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Place, Scope, Value } from './scope.ts'

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

export type Evaluate = (scope: Scope) => Value

/** How people write it: a call, a symbol between its operands (higher levels bind tighter), or a word before its operand. */
export type TextForm =
  | { readonly as: 'call' }
  | { readonly as: 'infix'; readonly symbol: string; readonly level: number }
  | { readonly as: 'prefix'; readonly symbol: string; readonly level: number }
export const call: TextForm = { as: 'call' }

/** Where a call is being checked: collects issues, and replaces arguments (a text literal beside a date becomes a date). */
export interface Site {
  readonly place: Place
  readonly args: Node[]
  readonly pointer: string
  report(code: string, params?: Readonly<Record<string, Json>>, index?: number): null
}

export interface Operator {
  /** The key in JSON Logic. */
  readonly name: string
  readonly meaning: Text
  /** Formula text, shown on the function card. */
  readonly example: string
  readonly arity: { readonly least: number; readonly most: number }
  readonly text: TextForm
  /** The first argument may be a table; the second then reads its rows. */
  readonly overRows?: 'always' | 'may'
  /** `twin`: the storage layer has SQL with the same answer. */
  readonly filters: 'twin' | 'not in filters'
  /** The type of the result, or null after a report. */
  check(site: Site): ValueType | null
  /** `nodes` are the checked arguments of `args`. */
  compile(args: readonly Evaluate[], nodes: readonly Node[]): Evaluate
}

/** Calls `visit` for the node and everything below it, with how many aggregates enclose it. */
export function walkNodes(
  node: Node,
  visit: (node: Node, enclosing: readonly RowsNode[]) => void,
  enclosing: readonly RowsNode[] = [],
): void {
  visit(node, enclosing)
  if (node.kind === 'link') visit(node.base, enclosing)
  if (node.kind !== 'call') return
  const rows = node.args[0]
  for (const [index, arg] of node.args.entries()) {
    walkNodes(arg, visit, rows?.kind === 'rows' && index > 0 ? [...enclosing, rows] : enclosing)
  }
}
