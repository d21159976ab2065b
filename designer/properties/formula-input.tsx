/** An expression as formula text: checked while typing, its problem under it with the part that is meant. */
import { useId, useState } from 'react'
import { issueHint, issueText } from '#base/issue-texts.ts'
import type { Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Place } from '#expressions/expression.ts'
import { parseText, printText, type TextIssue } from '#expressions/text.ts'
import { ProblemText } from '#ui/parts/labelled.tsx'
import { useLanguage } from '../strings/use-words.ts'
import { useDraftText } from './draft-text.tsx'

export interface FormulaInputProps {
  readonly label: string
  readonly hint: string
  readonly value: Json | undefined
  readonly place: Place
  readonly expected?: ValueType
  readonly onValue: (value: Json | undefined) => void
  readonly onEnd: () => void
  readonly autoFocus?: boolean
}

export function FormulaInput({ label, hint, value, place, expected, onValue, onEnd, autoFocus }: FormulaInputProps) {
  const id = useId()
  const language = useLanguage()
  const [issue, setIssue] = useState<TextIssue | null>(null)
  const { text, onText, onFocus, onLeave } = useDraftText(value === undefined ? '' : printText(value))
  const type = (next: string) => {
    onText(next)
    if (next.trim() === '') {
      setIssue(null)
      return onValue(undefined)
    }
    const answer = parseText(next, place, expected)
    setIssue(answer.ok ? null : (answer.issues[0] ?? null))
    if (answer.ok) onValue(answer.value)
  }
  return (
    <div className="fd-formula">
      <textarea
        id={id}
        className="fl-input small fl-mono"
        rows={Math.min(6, Math.max(1, Math.ceil(text.length / 30)))}
        spellCheck={false}
        aria-label={label}
        placeholder={hint}
        value={text}
        ref={autoFocus ? focusOnce : undefined}
        aria-invalid={issue ? true : undefined}
        aria-describedby={issue ? `${id}-problem` : undefined}
        onChange={(event) => type(event.target.value)}
        onFocus={onFocus}
        onBlur={() => {
          onLeave(issue !== null)
          onEnd()
        }}
      />
      {issue && (
        <div id={`${id}-problem`}>
          <code className="fd-span">
            {text.slice(0, issue.span.start)}
            <mark>{text.slice(issue.span.start, issue.span.end) || ' '}</mark>
            {text.slice(issue.span.end)}
          </code>
          <ProblemText>
            {[issueText(issue, language), issueHint(issue, language)].filter(Boolean).join(' ')}
          </ProblemText>
        </div>
      )}
    </div>
  )
}

/** Asked for by a button: the next thing is to type. */
function focusOnce(input: HTMLTextAreaElement | null): void {
  input?.focus()
}
