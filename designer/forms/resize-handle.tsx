/** The handle at the right edge of a selected item: drags in whole columns; the presets of the panel do the same by keyboard. */
import { type PointerEvent, useRef } from 'react'
import { columnsOf } from '../commands/place.ts'
import { nodeOf } from '../model/document.ts'
import { useEditor } from './editor-context.tsx'

export function ResizeHandle({ id }: { readonly id: string }) {
  const editor = useEditor()
  const start = useRef<{ readonly left: number; readonly column: number } | null>(null)
  const grab = (event: PointerEvent<HTMLElement>) => {
    const frame = event.currentTarget.closest<HTMLElement>('[data-node]')
    const grid = frame?.parentElement
    const section = nodeOf(editor.document.peek(), id)?.parent
    if (!frame || !grid || !section) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = {
      left: frame.getBoundingClientRect().left,
      column: grid.getBoundingClientRect().width / columnsOf(editor.document.peek(), section),
    }
  }
  const pull = (event: PointerEvent<HTMLElement>) => {
    if (!start.current) return
    editor.run({
      do: 'resize',
      id,
      span: Math.max(1, Math.round((event.clientX - start.current.left) / start.current.column)),
    })
  }
  const release = () => {
    start.current = null
    editor.close()
  }
  return (
    <i
      className="fd-resize"
      data-no-drag
      aria-hidden="true"
      onPointerDown={grab}
      onPointerMove={pull}
      onPointerUp={release}
      onPointerCancel={release}
      onMouseDown={(event) => event.stopPropagation()}
    />
  )
}
