/** The faces of the expression package: where an expression stands, what it may see, and what compiling it gives. */
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Node } from './node.ts'
import type { Path, Scope, Value } from './scope.ts'

export type { Path, Place, Row, Scope, Surroundings, Value } from './scope.ts'

/** A checked and compiled expression. */
export interface Compiled {
  readonly source: Json
  /** The checked tree: what the SQL twins and the explainers walk. */
  readonly node: Node
  readonly type: ValueType
  readonly reads: readonly Path[]
  /** Reads over links, resolved: start at `link` (own field, or `$parent`/`$record`/`$user` first), the form it reaches, the rest of the path. */
  readonly linkReads: readonly { readonly from: Path; readonly form: string; readonly path: Path }[]
  readonly usesUser: boolean
  readonly usesTime: boolean
  readonly usesTree: boolean
  /** Never throws for a checked expression and typed rows; runs out of fuel into a Refusal `record-invalid` with code `too-costly`. */
  evaluate(scope: Scope): Value
}

export type CompileAnswer =
  | { readonly ok: true; readonly value: Compiled }
  | { readonly ok: false; readonly issues: readonly Issue[] }
