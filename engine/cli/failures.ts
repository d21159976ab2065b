/** Problems as lines for people, and as a document for programs. */
import { issueHint, issueText } from '#base/issue-texts.ts'
import { catalogue, type Issue, type Problem } from '#base/problems.ts'
import { resolveText } from '#base/text.ts'

/** Title, detail, then every issue with its place. */
export function problemLines(problem: Problem, locale: string): readonly string[] {
  const entry = catalogue[problem.code]
  const issues = (problem.issues ?? []).map((issue) => issueLine(issue, locale))
  const detail = resolveText(problem.detail, locale)
  return [
    resolveText(entry.title, locale),
    ...(detail ? [detail] : []),
    ...(issues.length === 0 && !detail ? [resolveText(entry.advice, locale)] : []),
    ...issues,
  ]
}

export function issueLine(issue: Issue, locale: string): string {
  const hint = issueHint(issue, locale)
  const mark = issue.severity === 'warning' ? '~' : '!'
  return `  ${mark} ${issue.pointer || '/'}  ${issueText(issue, locale)}${hint ? `. ${hint}` : ''}`
}

export function problemDocument(problem: Problem, locale: string): unknown {
  return {
    error: {
      code: problem.code,
      title: resolveText(catalogue[problem.code].title, locale),
      ...(problem.detail ? { detail: resolveText(problem.detail, locale) } : {}),
      issues: issueDocuments(problem.issues ?? [], locale),
      ...(problem.params ? { params: problem.params } : {}),
    },
  }
}

export function issueDocuments(issues: readonly Issue[], locale: string): readonly unknown[] {
  return issues.map((issue) => ({
    pointer: issue.pointer,
    code: issue.code,
    severity: issue.severity ?? 'error',
    message: issueText(issue, locale),
    ...(issue.params ? { params: issue.params } : {}),
  }))
}
