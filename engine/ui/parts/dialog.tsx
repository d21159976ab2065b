/** A dialog answers one question: the browser's own modal keeps the focus inside and closes on Escape. */
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useText } from '../strings/use-text.ts'
import { IconButton } from './button.tsx'

export interface DialogProps {
  readonly title: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  readonly footer?: ReactNode
  readonly wide?: boolean
  /** Enter in a field submits. */
  readonly onSubmit?: () => void
}

export function Dialog({ title, onClose, children, footer, wide, onSubmit }: DialogProps) {
  const t = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const node = dialog.current
    if (node && !node.open) node.showModal()
    return () => node?.close()
  }, [])
  function submit(event: FormEvent): void {
    event.preventDefault()
    onSubmit?.()
  }
  const inside = (
    <>
      <header>
        <h2 id={id}>{title}</h2>
      </header>
      <div className="content">{children}</div>
      {footer && <footer>{footer}</footer>}
      <IconButton icon="x" label={t('close')} onClick={onClose} className="fl-dialog-close" />
    </>
  )
  return (
    <dialog
      ref={dialog}
      className={`fl-dialog ${wide ? 'wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      {onSubmit ? (
        <form className="fl-dialog-form" onSubmit={submit} noValidate>
          {inside}
        </form>
      ) : (
        inside
      )}
    </dialog>
  )
}
