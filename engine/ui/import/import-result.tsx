/** While the records are written, and what came of it. */
import { Link } from '@tanstack/react-router'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import { ImportErrors } from './import-errors.tsx'
import { UndoResult } from './undo-result.tsx'
import type { ImportFlow } from './use-import.ts'

export function ImportResult({ form, flow }: { readonly form: string; readonly flow: ImportFlow }) {
  const t = useText()
  const report = flow.answer?.report
  const progress = flow.answer?.progress
  if (flow.step === 'write') {
    const share = progress && progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : null
    return (
      <div className="narrow fl-stack">
        <p role="status">
          {t('import_writing')}
          {share !== null && ` ${share} %`}
        </p>
        <span
          className={`fl-meter ${share === null ? 'busy' : ''}`}
          role="progressbar"
          aria-label={t('import_writing')}
          aria-valuenow={share ?? undefined}
        >
          <i style={share === null ? undefined : { width: `${share}%` }} />
        </span>
        {flow.failure !== null && (
          <p className="fl-note red" role="alert">
            <Icon name="alert-triangle" />
            <span>{describeError(flow.failure, t)}</span>
          </p>
        )}
      </div>
    )
  }
  return (
    <div className="medium fl-stack">
      {report?.undo ? (
        <UndoResult undo={report.undo} />
      ) : flow.answer?.state === 'failed' ? (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{t('import_failed')}</span>
        </p>
      ) : (
        <p className="fl-note green" role="status">
          <Icon name="circle-check" />
          <span>{t('import_done', { created: report?.created ?? 0, updated: report?.updated ?? 0 })}</span>
        </p>
      )}
      {flow.failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(flow.failure, t)}</span>
        </p>
      )}
      {report && !report.undo && report.errorCount > 0 && (
        <ImportErrors errors={report.errors} count={report.errorCount} id={flow.answer?.id ?? ''} />
      )}
      <div className="fl-row">
        <Link className="fl-button primary" to="/f/$form" params={{ form }} search={{}}>
          {t('import_show')}
        </Link>
        <Button onClick={flow.again}>{t('import_again')}</Button>
        {flow.answer?.state === 'done' && (report?.created ?? 0) + (report?.updated ?? 0) > 0 && (
          <Button icon="arrow-back-up" disabled={flow.busy} onClick={() => void flow.undo()}>
            {t('import_undo')}
          </Button>
        )}
      </div>
    </div>
  )
}
