/** What people read for each issue code, in both languages. Each family of codes has its file in `issue-texts/`; a test finds codes without a text. */
import { accountTexts } from './issue-texts/account-texts.ts'
import { definitionTexts } from './issue-texts/definition-texts.ts'
import type { IssueText } from './issue-texts/entry.ts'
import { expressionTexts } from './issue-texts/expression-texts.ts'
import { optionTexts } from './issue-texts/option-texts.ts'
import { recordTexts } from './issue-texts/record-texts.ts'
import { requestTexts } from './issue-texts/request-texts.ts'
import { pointerSegments } from './json-pointer.ts'
import type { Issue } from './problems.ts'
import { fillText, type Locale, resolveText, type Text } from './text.ts'

const texts: Readonly<Record<string, IssueText>> = {
  ...accountTexts,
  ...requestTexts,
  ...recordTexts,
  ...expressionTexts,
  ...definitionTexts,
  ...optionTexts,
}

/** The message of the issue in the locale, parameters filled in: its own where a definition gave one, else that of its code. */
export function issueText(issue: Issue, locale: Locale): string {
  return filled(issue.message ?? entryOf(issue.code)?.text ?? issue.code, issue, locale)
}

/** What to do about it; empty where the message says all. */
export function issueHint(issue: Issue, locale: Locale): string {
  return filled(issue.hint ?? entryOf(issue.code)?.hint, issue, locale)
}

/** True when the catalogue has a text for the code. */
export function hasIssueText(code: string): boolean {
  return entryOf(code) !== undefined
}

function entryOf(code: string): IssueText | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined
}

function filled(text: Text | undefined, issue: Issue, locale: Locale): string {
  return fillText(resolveText(text, locale), {
    name: nameOf(issue),
    max: issue.params?.limit ?? issue.params?.digits,
    ...issue.params,
  })
}

/** What `{name}` means where the issue does not say it: what was named, else the last part of the pointer. */
function nameOf({ params, pointer }: Issue): unknown {
  return params?.field ?? params?.role ?? params?.form ?? pointerSegments(pointer).at(-1) ?? ''
}
