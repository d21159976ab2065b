/** The error document of the API (RFC 9457) as a client reads it. */
import type { Json } from '#base/json.ts'

export interface FieldProblem {
  /** JSON Pointer into the request body. */
  readonly pointer: string
  readonly code: string
  readonly message?: string
  readonly hint?: string
  readonly params?: Readonly<Record<string, Json>>
}

export interface ProblemDocument {
  /** `/problems/<code>`. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly errors?: readonly FieldProblem[]
  /** Of a conflict: the current version and the changed fields that the caller may read. */
  readonly version?: number
  readonly fields?: readonly string[]
  readonly [key: string]: unknown
}
