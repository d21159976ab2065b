/** What came of an import, and what can be done with it now. */
import { Link } from '@tanstack/react-router'
import type { ImportAnswer } from '#contract/wire-import.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import { ImportErrors } from './import-errors.tsx'
import { UndoResult } from './undo-result.tsx'
import type { ImportFlow } from './use-import.ts'

export function ImportResult({ form, flow }: { readonly form: string; readonly flow: ImportFlow }) {
  const t = useText()
  const { answer } = flow
  if (!answer) return null
  const { report, state, id } = answer
  const written = report.created + report.updated + report.targets
  return (
    <div className="medium fl-stack">
      <Outcome answer={answer} />
      {flow.failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(flow.failure, t)}</span>
        </p>
      )}
      {!report.undo && report.errorCount > 0 && (
        <ImportErrors errors={report.errors} count={report.errorCount} id={id} />
      )}
      <div className="fl-row fl-importactions">
        {state === 'stopped' && (
          <Button look="primary" disabled={flow.busy} onClick={() => void flow.commit()}>
            {t('import_go_on')}
          </Button>
        )}
        <Link
          className={`fl-button ${state === 'stopped' ? '' : 'primary'}`}
          to="/f/$form"
          params={{ form }}
          search={{}}
        >
          {t('import_show')}
        </Link>
        <Button onClick={flow.again}>{t('import_again')}</Button>
        {(state === 'done' || state === 'stopped') && written > 0 && (
          <Button icon="arrow-back-up" disabled={flow.busy} onClick={() => void flow.undo()}>
            {t('import_undo')}
          </Button>
        )}
      </div>
    </div>
  )
}

function Outcome({ answer }: { readonly answer: ImportAnswer }) {
  const t = useText()
  const { report, state } = answer
  const { created, updated, targets } = report
  if (report.undo) return <UndoResult undo={report.undo} />
  if (state === 'failed')
    return (
      <p className="fl-note red" role="alert">
        <Icon name="alert-triangle" />
        <span>{t('import_failed')}</span>
      </p>
    )
  const along = targets > 0 ? ` ${t('import_targets_done', { count: targets })}` : ''
  if (state === 'stopped')
    return (
      <p className="fl-note" role="status">
        <Icon name="alert-triangle" />
        <span>
          {t(
            report.failed
              ? 'import_stopped_failed'
              : report.stopped === 'refused'
                ? 'import_stopped_refused'
                : 'import_stopped',
          )}{' '}
          {t('import_done', { created, updated })}
          {along}
        </span>
      </p>
    )
  return (
    <p className="fl-note green" role="status">
      <Icon name="circle-check" />
      <span>
        {t('import_done', { created, updated })}
        {along}
      </span>
    </p>
  )
}
