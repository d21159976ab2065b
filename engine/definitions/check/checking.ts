/**
 * What every check is given, and how it says what it found.
 * Pointers of `checkModel` start at the kind and go by name: `/form/order/fields/total/formula/sum/0`; members of arrays that have a `name` or `id`
 * are addressed by it, others by index. Extensions are merged by then, so a position in a file would say nothing.
 */
import type { Json, JsonObject } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { Model, TableModel } from '../model.ts'
import type { ValueType } from '../value-type.ts'

/** Where an expression stands: the shape that the expression layer's `Place` has. */
export interface ExpressionPlace {
  readonly model: Model
  readonly table: TableModel
  readonly parent?: TableModel
  readonly record?: TableModel
  readonly recordParent?: TableModel
  readonly old?: boolean
  readonly user?: boolean
  readonly time?: boolean
  readonly links?: boolean
  readonly extra?: ReadonlyMap<string, ValueType>
  readonly sql?: boolean
}

/** What the checks look at in a compiled expression. */
export interface CheckedExpression {
  readonly type: ValueType
  readonly reads: readonly (readonly string[])[]
  readonly linkReads: readonly {
    readonly from: readonly string[]
    readonly form: string
    readonly path: readonly string[]
  }[]
}

/** `compileExpression` of the expression layer, handed in: this layer knows no operators. */
export type CompileExpression = (
  source: Json,
  place: ExpressionPlace,
  expected?: ValueType,
) =>
  | { readonly ok: true; readonly value: CheckedExpression }
  | { readonly ok: false; readonly issues: readonly Issue[] }

export interface Checking {
  readonly model: Model
  readonly compile: CompileExpression
}

export type Check = (checking: Checking) => readonly Issue[]

export function error(pointer: string, code: string, params?: JsonObject): Issue {
  return params ? { pointer, code, params } : { pointer, code }
}

/** A warning is shown and never blocks. */
export function warning(pointer: string, code: string, params?: JsonObject): Issue {
  return { ...error(pointer, code, params), severity: 'warning' }
}

/** Nothing when the name is known; else the issue with the nearest known name as a suggestion. */
export function mustExist(
  name: string | undefined | null,
  known: { has(name: string): boolean },
  at: { readonly pointer: string; readonly code: string },
): readonly Issue[] {
  return name === undefined || name === null || known.has(name) ? [] : [error(at.pointer, at.code, { name })]
}

/** `mustExist` for each of a list; the pointer goes on with the index. */
export function mustAllExist(
  names: readonly string[] | undefined,
  known: { has(name: string): boolean },
  at: { readonly pointer: string; readonly code: string },
): readonly Issue[] {
  return (names ?? []).flatMap((name, index) => mustExist(name, known, { ...at, pointer: `${at.pointer}/${index}` }))
}

/** The issues of an expression that does not compile, moved to where it stands. */
export function expressionIssues(
  checking: Checking,
  expression: Json | undefined,
  at: { readonly pointer: string; readonly place: ExpressionPlace; readonly expected?: ValueType },
): readonly Issue[] {
  if (expression === undefined) return []
  const answer = checking.compile(expression, at.place, at.expected)
  return answer.ok ? [] : below(answer.issues, at.pointer)
}

export function below(issues: readonly Issue[], pointer: string): readonly Issue[] {
  return issues.map((issue) => ({ ...issue, pointer: pointer + issue.pointer }))
}

export function isNumeric(type: ValueType | undefined): boolean {
  return type?.is === 'integer' || type?.is === 'decimal'
}
