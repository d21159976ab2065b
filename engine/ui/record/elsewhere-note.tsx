/** Says that somebody else changed or deleted the record while changes wait here; nothing of them is lost. */
import type { RecordAnswer } from '#contract/wire-record.ts'
import { deletedElsewhere } from '../client/live.ts'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'

export interface ElsewhereNoteProps {
  readonly form: string
  /** The newest that is known. */
  readonly record: RecordAnswer
  /** What the changes were begun on. */
  readonly begun: RecordAnswer
  readonly busy: boolean
}

export function ElsewhereNote({ form, record, begun, busy }: ElsewhereNoteProps) {
  const t = useText()
  const deleted = useSignal(deletedElsewhere).has(`${form}/${record.id}`)
  const changed = record.version > begun.version
  if (busy || !(deleted || changed)) return null
  return (
    <div className="fl-note blue" role="status">
      <Icon name="history" />
      <span className="fl-grow">{t(deleted ? 'deleted_elsewhere' : 'changed_elsewhere')}</span>
    </div>
  )
}
