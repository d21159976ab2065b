/** A refused request as an error that screens can read. */
import type { FieldProblem, ProblemDocument } from '#contract/wire-problem.ts'

export class ProblemError extends Error {
  readonly document: ProblemDocument
  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title)
    this.name = 'ProblemError'
    this.document = document
  }
  get code(): string {
    return this.document.type.split('/').pop() ?? 'internal'
  }
  get status(): number {
    return this.document.status
  }
  get errors(): readonly FieldProblem[] {
    return this.document.errors ?? []
  }
}

/** The network, not the server, failed: nothing is known about the outcome. */
export class OfflineError extends Error {
  constructor() {
    super('offline')
    this.name = 'OfflineError'
  }
}

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.code === code)
}
