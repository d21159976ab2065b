/** Keys of canvas and outline: focus moves by arrows, things move by Alt and arrows, and the browser's own meaning is held off while an item has the focus. */
import type { KeyboardEvent } from 'react'
import { locale } from '#ui/shell/preferences.ts'
import { type Direction, placeByKey } from '../commands/move-by-key.ts'
import { rootId } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { sayIn } from '../strings/use-words.ts'
import type { FocusArea, FormEditor } from './form-editor.ts'

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'out',
  ArrowRight: 'in',
}

export function onCanvasKey(event: KeyboardEvent<HTMLElement>, editor: FormEditor): void {
  const frame = frameOf(event.target)
  const id = frame?.dataset['node']
  if (!frame || id === undefined) return
  const step = stepOf(event)
  if (onNodeKey(event, editor, { id, area: 'canvas' })) hold(event)
  else if (step !== null && frame.dataset['nodeType'] !== 'tab') {
    hold(event)
    moveFocus(event.currentTarget, frame, step)
  }
}

/** Only keys on the frame itself, not on a button inside it; of a tab, its button is the frame. */
function frameOf(target: EventTarget): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null
  if (target.dataset['node'] !== undefined) return target
  return target.getAttribute('role') === 'tab' ? target.closest<HTMLElement>('[data-node]') : null
}

interface Standing {
  readonly id: string
  readonly area: FocusArea
}

/** Keys that act on the node; true when the key meant something. */
export function onNodeKey(event: KeyboardEvent, editor: FormEditor, { id, area }: Standing): boolean {
  if (event.altKey && directions[event.key]) return moveNode(editor, directions[event.key] as Direction, { id, area })
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'd') return false
    editor.run({ do: 'duplicate', id }, area)
    return true
  }
  switch (event.key) {
    case 'Enter':
    case ' ':
      editor.select(id)
      editor.say(sayIn(locale.peek())('selected', { name: titleOf(editor.document.peek(), id, locale.peek()) }))
      return true
    case 'F2':
      return rename(editor, id, area)
    case 'Delete':
    case 'Backspace':
      editor.removeNode(id, area)
      return true
    case 'Insert':
      return openPalette(editor, id)
    case 'Escape':
      return unselect(editor)
    default:
      return false
  }
}

function moveNode(editor: FormEditor, direction: Direction, { id, area }: Standing): boolean {
  const place = placeByKey(editor.document.peek(), id, direction)
  if (place) editor.run({ do: 'move', id, place }, area)
  else editor.say(sayIn(locale.peek())('speak_end'))
  return true
}

function rename(editor: FormEditor, id: string, area: FocusArea): boolean {
  editor.select(id)
  if (area === 'outline') editor.focusWish.value = { area: 'canvas', id }
  editor.renaming.value = id
  return true
}

function openPalette(editor: FormEditor, id: string): boolean {
  editor.select(id)
  editor.say(sayIn(locale.peek())('speak_palette'))
  document.getElementById('fd-palette-search')?.focus()
  return true
}

function unselect(editor: FormEditor): boolean {
  if (editor.selected.peek() === rootId) return false
  const { current } = editor
  const stop = current.peek()
  editor.select(rootId)
  current.value = stop
  return true
}

function stepOf({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): number | null {
  if (altKey || ctrlKey || metaKey) return null
  if (key === 'ArrowDown' || key === 'ArrowRight') return 1
  if (key === 'ArrowUp' || key === 'ArrowLeft') return -1
  return key === 'Home' ? -Infinity : key === 'End' ? Infinity : null
}

/** Sections and items in the order of the page. */
function moveFocus(canvas: HTMLElement, from: HTMLElement, step: number): void {
  const stops = [...canvas.querySelectorAll<HTMLElement>('[data-node-type="section"], [data-node-type="item"]')]
  const at = stops.indexOf(from)
  const to = stops[Math.max(0, Math.min(stops.length - 1, at + step))]
  to?.focus()
  to?.scrollIntoView({ block: 'nearest' })
}

function hold(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

/** Undo and redo anywhere in the designer but in a text that has its own. */
export function onDesignerKey(event: globalThis.KeyboardEvent, editor: FormEditor): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return
  if (event.target instanceof Element && event.target.closest('[data-own-undo]')) return
  const key = event.key.toLowerCase()
  const back = key === 'z' && !event.shiftKey
  const forth = (key === 'z' && event.shiftKey) || key === 'y'
  if (!back && !forth) return
  event.preventDefault()
  const area = event.target instanceof Element && event.target.closest('.fd-outline') ? 'outline' : 'canvas'
  if (back) editor.undo(area)
  else editor.redo(area)
}
