/** A drag from start to drop: measured once, the target found and checked on every move, one command at the end. */

import type { Command } from '../commands/command.ts'
import { canvasElement, type DragHandlers, dragging, target } from '../drag/adapter.tsx'
import { type Dragged, findTarget, type Target } from '../drag/find-target.ts'
import { type Measured, measureCanvas } from '../drag/measure.ts'
import { mayMove, mayTakeKind } from '../model/containment.ts'
import { nodeOf } from '../model/document.ts'
import type { FormEditor } from './form-editor.ts'
import { noteRecent } from './palette-kinds.ts'

export function dragHandlers(editor: FormEditor): DragHandlers {
  let measured: Measured | null = null
  return {
    start() {
      const canvas = canvasElement()
      measured = canvas && measureCanvas(canvas)
    },
    move(point) {
      const dragged = dragging.peek()
      const found = measured && dragged && findTarget(measured, dragged, point)
      const allowed = found && dragged && isAllowed(editor, dragged, found) ? found : null
      if (!isSame(target.peek(), allowed)) target.value = allowed
    },
    drop() {
      const [dragged, found] = [dragging.peek(), target.peek()]
      const command = dragged && found && commandOf(dragged, found)
      if (command) editor.run(command, 'canvas')
      if (dragged?.what === 'kind') noteRecent(dragged.kind)
    },
    cancel() {
      const dragged = dragging.peek()
      if (dragged && 'id' in dragged) editor.focusWish.value = { area: 'canvas', id: dragged.id }
    },
  }
}

function isAllowed(editor: FormEditor, dragged: Dragged, { place }: Target): boolean {
  const document = editor.document.peek()
  const parent = nodeOf(document, place.parent)
  if (!parent) return false
  if (dragged.what === 'kind') return mayTakeKind(parent, dragged.kind)
  if (dragged.what === 'field') return parent.type === 'section'
  if ('id' in dragged) return mayMove(document, dragged.id, place.parent)
  const wanted = { 'new-text': 'section', 'new-section': 'tab', 'new-tab': 'layout' } as const
  return parent.type === wanted[dragged.what]
}

function commandOf(dragged: Dragged, { place }: Target): Command {
  switch (dragged.what) {
    case 'kind':
      return { do: 'add-field', kind: dragged.kind, place }
    case 'field':
      return { do: 'place-field', field: dragged.id, place }
    case 'new-text':
      return { do: 'add-text', place }
    case 'new-section':
      return { do: 'add-section', tab: place.parent, index: place.index }
    case 'new-tab':
      return { do: 'add-tab', index: place.index }
    default:
      return { do: 'move', id: dragged.id, place }
  }
}

function isSame(one: Target | null, other: Target | null): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
