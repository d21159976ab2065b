/** One line at the bottom left with at most one act; stays five seconds, longer under the pointer or focus. */
import { signal } from '@preact/signals-core'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { useSignal } from './use-signal.ts'

interface Toast {
  readonly id: number
  readonly text: string
  readonly act?: { readonly label: string; readonly run: () => void }
}

const toasts = signal<readonly Toast[]>([])
let last = 0

/** Example: `showToast('Order deleted', { label: 'Undo', run: restore })`. */
export function showToast(text: string, act?: Toast['act']): void {
  last += 1
  toasts.value = [...toasts.value.slice(-2), { id: last, text, ...(act ? { act } : {}) }]
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

export function Toasts() {
  const shown = useSignal(toasts)
  return (
    <div className="fl-toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(toast.id), 5000)
    return () => clearTimeout(timer)
  }, [held, toast.id])
  return (
    <fieldset
      className="fl-toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="fl-grow">{toast.text}</span>
      {toast.act && (
        <Button
          small
          onClick={() => {
            dismiss(toast.id)
            toast.act?.run()
          }}
        >
          {toast.act.label}
        </Button>
      )}
    </fieldset>
  )
}
