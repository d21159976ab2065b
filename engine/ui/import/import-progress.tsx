/** While the server works on an import: how far it is, and the ways to end it. */
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { type TextKey, useText } from '../strings/use-text.ts'
import type { ImportFlow } from './use-import.ts'

const words: Readonly<Record<string, TextKey>> = {
  arriving: 'import_reading',
  checking: 'import_checking',
  running: 'import_writing',
  undoing: 'import_undoing',
}

export function ImportProgress({ flow }: { readonly flow: ImportFlow }) {
  const t = useText()
  const { answer, busy, failure } = flow
  const state = answer?.state ?? 'arriving'
  const what = t(words[state] ?? 'import_reading')
  const progress = answer?.progress
  const share = progress && progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : null
  return (
    <div className="narrow fl-stack">
      <p role="status">
        {answer?.asked ? t('import_stopping') : what}
        {share !== null && ` ${share} %`}
      </p>
      <span
        className={`fl-meter ${share === null ? 'busy' : ''}`}
        role="progressbar"
        aria-label={what}
        aria-valuenow={share ?? undefined}
      >
        <i style={share === null ? undefined : { width: `${share}%` }} />
      </span>
      {progress && progress.total > 0 && (
        <p className="fl-help">
          {t('import_progress', { done: progress.done, total: progress.total })} {t('import_goes_on')}
        </p>
      )}
      {failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(failure, t)}</span>
        </p>
      )}
      {state === 'running' && (
        <div className="fl-row fl-importactions">
          <Button disabled={busy || answer?.asked !== null} onClick={() => void flow.cancel('stop')}>
            {t('import_cancel')}
          </Button>
          <Button
            icon="arrow-back-up"
            disabled={busy || answer?.asked === 'undo'}
            onClick={() => void flow.cancel('undo')}
          >
            {t('import_cancel_undo')}
          </Button>
        </div>
      )}
    </div>
  )
}
