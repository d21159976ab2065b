/** The face of an operator: one file per operator in `operators/`, listed in `operators/catalogue.ts`. */
import type { Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Place, Scope, Value } from './expression.ts'
import type { Node } from './node.ts'

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
