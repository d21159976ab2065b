/** A problem as the document of RFC 9457, in the caller's language. The one place where refusals become answers. */
import { issueHint, issueText } from '#base/issue-texts.ts'
import type { Json } from '#base/json.ts'
import { catalogue, type Issue, type Problem } from '#base/problems.ts'
import { fillText, type Locale, resolveText } from '#base/text.ts'

export interface ProblemAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly document: Readonly<Record<string, unknown>>
}

/** Seconds to wait when the problem does not say. */
const usualWait = 5

export function problemAnswer(problem: Problem, locale: Locale): ProblemAnswer {
  const { status, title, advice } = catalogue[problem.code]
  const { retry_after: retryAfter, ...params } = problem.params ?? {}
  const errors = (problem.issues ?? []).map((issue) => issueEntry(issue, locale))
  return {
    status,
    headers:
      retryAfter !== undefined || status === 429 || status === 503
        ? { 'retry-after': String(retryAfter ?? usualWait) }
        : {},
    document: {
      type: `/problems/${problem.code}`,
      title: resolveText(title, locale),
      status,
      detail: fillText(resolveText(problem.detail ?? advice, locale), params),
      ...params,
      ...(errors.length > 0 ? { errors } : {}),
    },
  }
}

/** An issue as clients read it: where, what, and what to do. */
export function issueEntry(
  issue: Issue,
  locale: Locale,
): {
  readonly pointer: string
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly params?: Readonly<Record<string, Json>>
} {
  const hint = issueHint(issue, locale)
  return {
    pointer: issue.pointer,
    code: issue.code,
    message: issueText(issue, locale),
    ...(hint === '' ? {} : { hint }),
    ...(issue.params ? { params: issue.params } : {}),
  }
}
