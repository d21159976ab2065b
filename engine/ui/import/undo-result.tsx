/** What taking an import back has done, and which records stayed because somebody had changed them. */
import type { ImportUndoWire } from '#contract/wire-import.ts'
import { Icon } from '../parts/icon.tsx'
import { useText } from '../strings/use-text.ts'

export function UndoResult({ undo }: { readonly undo: ImportUndoWire }) {
  const t = useText()
  const stayed = undo.kept + undo.partly
  return (
    <>
      <p className="fl-note green" role="status">
        <Icon name="circle-check" />
        <span>{t('import_undone', { removed: undo.removed, restored: undo.restored })}</span>
      </p>
      {stayed > 0 && (
        <p className="fl-note">
          <Icon name="alert-triangle" />
          <span>{t('import_undo_kept', { count: stayed })}</span>
        </p>
      )}
    </>
  )
}
