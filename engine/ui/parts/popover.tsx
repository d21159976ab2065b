/** A panel that floats by its button: closes on Escape, outside click, and when the focus goes elsewhere. */
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

export interface PopoverProps {
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly children: ReactNode
  readonly label: string
  readonly role?: 'menu' | 'dialog' | 'listbox'
  readonly padded?: boolean
  /** Where it lines up with the anchor. */
  readonly align?: 'start' | 'end'
  readonly minWidth?: number
}

export function Popover({
  anchor,
  onClose,
  children,
  label,
  role = 'dialog',
  padded,
  align = 'start',
  minWidth,
}: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  const measure = useCallback(() => {
    if (anchor.current && panel.current)
      setPlace(placeBeside(anchor.current.getBoundingClientRect(), panel.current, align))
  }, [anchor, align])
  useLayoutEffect(measure, [measure])
  useResized(panel, measure)
  useDismiss(panel, anchor, onClose)
  useEffect(() => {
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [measure])
  const host = anchor.current?.closest('dialog') ?? document.body
  return createPortal(
    <div
      ref={panel}
      className={`fl-pop ${padded ? 'padded' : ''}`}
      {...{ role, 'aria-label': label }}
      style={{ left: place?.left ?? 0, top: place?.top ?? 0, visibility: place ? 'visible' : 'hidden', minWidth }}
    >
      {children}
    </div>,
    host,
  )
}

/** Below the anchor where there is room, else above; always inside the window. */
function placeBeside(anchor: DOMRect, panel: HTMLElement, align: 'start' | 'end'): { left: number; top: number } {
  const { offsetWidth: width, offsetHeight: height } = panel
  const wanted = align === 'start' ? anchor.left : anchor.right - width
  const left = Math.max(8, Math.min(wanted, window.innerWidth - width - 8))
  const below = anchor.bottom + 4
  const fits = below + height <= window.innerHeight - 8
  return { left, top: fits ? below : Math.max(8, anchor.top - height - 4) }
}

/** Once the anchor is in the page, and whenever the panel grows or shrinks. */
function useResized(panel: RefObject<HTMLElement | null>, measure: () => void): void {
  useEffect(() => {
    measure()
    const watcher = new ResizeObserver(measure)
    if (panel.current) watcher.observe(panel.current)
    return () => watcher.disconnect()
  }, [panel, measure])
}

function useDismiss(
  panel: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  onClose: () => void,
): void {
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    function onPointer(event: PointerEvent): void {
      const target = event.target as Node
      if (!panel.current?.contains(target) && !anchor.current?.contains(target)) close.current()
    }
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      close.current()
      anchor.current?.focus()
    }
    document.addEventListener('pointerdown', onPointer)
    document.addEventListener('keydown', onKey, true)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      document.removeEventListener('keydown', onKey, true)
    }
  }, [panel, anchor])
}
