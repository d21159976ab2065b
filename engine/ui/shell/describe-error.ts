/** An error in words: what happened, in the language of the page. */
import { OfflineError, ProblemError } from '../client/problem-error.ts'
import type { Translate } from '../strings/use-text.ts'

export function describeError(error: unknown, t: Translate): string {
  if (error instanceof OfflineError) return t('error_offline')
  if (error instanceof ProblemError) return error.document.detail ?? error.document.title
  return t('error_unknown')
}

/** The message of one field in a refused request, by pointer (`/login`). */
export function fieldError(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined
  const found = error.errors.find((one) => one.pointer === pointer)
  return found && (found.message ?? found.code)
}
