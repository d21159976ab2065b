/** What a publication changes, in words, and what stands in its way. */
import type { PublicationAnswer } from '#contract/wire-revision.ts'
import { isProblem } from '../client/problem-error.ts'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import './publication.css'

const icons = { added: 'plus', changed: 'edit', removed: 'trash' } as const

export function PublicationLines({ answer }: { readonly answer: PublicationAnswer }) {
  const t = useText()
  const label = useLabel()
  return (
    <>
      <h3 className="fl-sectiontitle">{t('publication_changes')}</h3>
      <ul className="fl-changelines">
        {answer.changes.map((change) => (
          <li key={`${change.kind}/${change.name}${change.pointer}`}>
            <Icon name={icons[change.change]} size={14} />
            <span>{label(change.text)}</span>
          </li>
        ))}
      </ul>
      {answer.issues.length > 0 && (
        <>
          <h3 className="fl-sectiontitle">{t('publication_issues')}</h3>
          <ul className="fl-changelines warn">
            {answer.issues.map((issue) => (
              <li key={`${issue.pointer} ${issue.code}`}>
                <Icon name="alert-triangle" size={14} />
                <span>
                  {issue.message ?? issue.code} <code>{issue.pointer}</code>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** A refusal with every place that it names. */
export function PublicationFailure({ error }: { readonly error: unknown }) {
  const t = useText()
  const errors = isProblem(error) ? error.errors : []
  return (
    <div className="fl-note red" role="alert">
      <Icon name="alert-triangle" />
      <div>
        <p>{describeError(error, t)}</p>
        <ul className="fl-changelines">
          {errors.map(({ pointer, code, message }) => (
            <li key={`${pointer} ${code}`}>
              <span>
                {message ?? code} <code>{pointer}</code>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
