/** The one line that shows where a drop goes; only this renders while the pointer moves. */
import { useSignal } from '#ui/parts/use-signal.ts'
import { target } from '../drag/adapter.tsx'

export function DropLine() {
  const at = useSignal(target)
  if (!at) return null
  const { left, top, right, bottom } = at.line
  const upright = bottom - top > right - left
  return (
    <div
      className={`fd-line ${upright ? 'upright' : ''}`}
      data-drop-line
      style={{ left, top, width: Math.max(2, right - left), height: Math.max(2, bottom - top) }}
      aria-hidden="true"
    />
  )
}
