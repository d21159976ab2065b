/** Keeps unsaved changes on this device, and offers them after a reload. */
import { useEffect, useState } from 'react'
import { applyDraft, type Draft, dropDraft, keepDraft, readDraft } from '../form/drafts.ts'
import type { FormStore } from '../form/form-store.ts'
import { useFormat } from '../form/use-format.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'

export interface DraftNoteProps {
  readonly name: string
  readonly store: FormStore
  readonly version: number | null
}

export function DraftNote({ name, store, version }: DraftNoteProps) {
  const t = useText()
  const format = useFormat()
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(name))
  const edits = useSignal(store.edits)
  useEffect(() => {
    if (edits === 0) return
    setDraft(null)
    const timer = setTimeout(() => keepDraft(name, store, version), 400)
    return () => clearTimeout(timer)
  }, [edits, name, store, version])
  if (draft === null || edits > 0) return null
  const drop = () => {
    dropDraft(name)
    setDraft(null)
  }
  return (
    <div className="fl-note blue" role="status">
      <Icon name="history" />
      <span className="fl-grow">{t('draft_found', { when: format.moment(draft.at) })}</span>
      <Button small look="link" onClick={() => applyDraft(store, draft)}>
        {t('draft_restore')}
      </Button>
      <Button small look="link" onClick={drop}>
        {t('discard')}
      </Button>
    </div>
  )
}
