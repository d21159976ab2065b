/** Keeps unsaved changes on this device, and offers them after a reload. */
import { useEffect, useRef, useState } from 'react'
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
  /** The version that the changes were begun on. */
  readonly version: number | null
  /** A draft was put back: begun on this version. */
  /** The page was left with changes that wait. */
  readonly onLeft: () => void
  readonly onRestore: (version: number | null) => void
}

export function DraftNote({ name, store, version, onLeft, onRestore }: DraftNoteProps) {
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
  useKeptOnLeaving({ name, store, version, onLeft })
  if (draft === null || edits > 0) return null
  const restore = () => {
    onRestore(draft.version)
    applyDraft(store, draft)
  }
  const drop = () => {
    dropDraft(name)
    setDraft(null)
  }
  return (
    <div className="fl-note blue" role="status">
      <Icon name="history" />
      <span className="fl-grow">{t('draft_found', { when: format.moment(draft.at) })}</span>
      <Button small look="link" onClick={restore}>
        {t('draft_restore')}
      </Button>
      <Button small look="link" onClick={drop}>
        {t('discard')}
      </Button>
    </div>
  )
}

/** Leaving the page, by a link, a reload or the end of the session, keeps what was typed last; the browser asks before it closes. */
function useKeptOnLeaving({ name, store, version, onLeft }: Omit<DraftNoteProps, 'onRestore'>): void {
  const begun = useRef(version)
  const left = useRef(onLeft)
  begun.current = version
  left.current = onLeft
  useEffect(() => {
    const waits = () => !store.settled && store.edits.peek() > 0 && store.changed.peek().size > 0
    const keep = () => {
      if (waits()) keepDraft(name, store, begun.current)
    }
    const ask = (event: BeforeUnloadEvent) => {
      if (waits()) event.preventDefault()
    }
    window.addEventListener('pagehide', keep)
    window.addEventListener('beforeunload', ask)
    return () => {
      window.removeEventListener('pagehide', keep)
      window.removeEventListener('beforeunload', ask)
      keep()
      if (waits()) left.current()
    }
  }, [name, store])
}
