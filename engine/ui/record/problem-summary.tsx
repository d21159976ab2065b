/** What stands in the way of a save: takes the focus, and each line leads to its field. */
import { useEffect, useRef } from 'react'
import { issueText } from '#base/issue-texts.ts'
import { splitKey } from '../form/cell-key.ts'
import { focusField } from '../form/field-id.ts'
import type { FormStore } from '../form/form-store.ts'
import { useFormat } from '../form/use-format.ts'
import { useProblems } from '../form/use-problems.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useLabel, useText } from '../strings/use-text.ts'

export interface ProblemSummaryProps {
  readonly store: FormStore
  readonly failure: unknown
  readonly refusals: number
  /** Opens the tab that the field stands in. */
  readonly onRetry: () => void
  readonly onField: (field: string) => void
}

export function ProblemSummary({ store, failure, refusals, onRetry, onField }: ProblemSummaryProps) {
  const t = useText()
  const label = useLabel()
  const { locale } = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const problems = useProblems(store)
  useEffect(() => {
    if (refusals > 0) box.current?.focus()
  }, [refusals])
  if (refusals === 0 || (problems.length === 0 && failure === null)) return null
  const go = (key: string) => {
    onField(key.split('/')[0] ?? key)
    requestAnimationFrame(() => focusField(key))
  }
  return (
    <div ref={box} className="fl-note red fl-summary" role="alert" tabIndex={-1}>
      <Icon name="alert-triangle" />
      <div>
        {failure !== null ? (
          <span>
            <b>
              {t('save_failed')} {describeError(failure, t)}
            </b>{' '}
            <Button small look="link" onClick={onRetry}>
              {t('try_again')}
            </Button>
          </span>
        ) : (
          <b>{t('to_correct', { count: problems.length })}</b>
        )}
        <ul>
          {problems.map(({ key, issue }) => {
            const field = store.fieldAt(key)?.field
            const message = issueText(issue, locale)
            return (
              <li key={`${key} ${issue.pointer} ${issue.code}`}>
                {key ? (
                  <button type="button" className="fl-textlink" onClick={() => go(key)}>
                    {t(rowOf(store, key) ? 'problem_row' : 'problem_field', {
                      row: rowOf(store, key),
                      field: label(field?.definition.label, field?.name ?? key),
                      message,
                    })}
                  </button>
                ) : (
                  message
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

/** The number of the row that the cell stands in; 0 for a field of the record. */
function rowOf(store: FormStore, key: string): number {
  const at = splitKey(key)
  return 'row' in at ? store.idsOf(at.table).indexOf(at.row) + 1 : 0
}
