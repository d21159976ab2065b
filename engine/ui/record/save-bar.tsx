/** The bar below a changed record: how much is not saved, throw away, save. */

import type { FormStore } from '../form/form-store.ts'
import { Button } from '../parts/button.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'

export interface SaveBarProps {
  readonly store: FormStore
  readonly busy: boolean
  readonly onSave: () => void
  readonly onDiscard: () => void
}

export function SaveBar({ store, busy, onSave, onDiscard }: SaveBarProps) {
  const t = useText()
  const count = useSignal(store.changed).size
  const { fresh } = store.options
  if (!fresh && count === 0) return null
  return (
    <footer className="fl-savebar">
      {count > 0 && (
        <>
          <span className="dot" />
          <b>{t('changes', { count })}</b>
          <span className="fl-ink-2 fl-only-desk">{t('changes_kept')}</span>
        </>
      )}
      <span className="fl-grow" />
      <Button look="quiet" onClick={onDiscard}>
        {t(fresh ? 'cancel' : 'discard')}
      </Button>
      <Button look="primary" disabled={busy} onClick={onSave} aria-keyshortcuts="Control+S" aria-label={t('save')}>
        {t('save')} <span className="fl-kbd fl-only-desk">Ctrl S</span>
      </Button>
    </footer>
  )
}
