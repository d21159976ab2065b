/**
 * Dragging: the only file that knows the drag library. Pointer only (6 px by mouse, 250 ms by touch); the keyboard has commands of its own.
 * Sources are areas, not fields: one hook per palette, canvas or outline, and `data-drag` on what can be picked up inside it.
 * Moves reach listeners by signals: nothing renders but what shows the line, the ghost and the tip.
 */
import {
  DndContext,
  type DragEndEvent,
  type DragStartEvent,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDndMonitor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { signal } from '@preact/signals-core'
import { type MouseEvent, type ReactNode, type RefCallback, type TouchEvent, useMemo } from 'react'
import { createPortal } from 'react-dom'
import { useSignal } from '#ui/parts/use-signal.ts'
import type { Dragged, Point, Target } from './find-target.ts'

/** What is picked up: the text of `data-drag`, as `dragText` writes it. */
export function dragText(dragged: Dragged): string {
  return JSON.stringify(dragged)
}

/** Who listens to a drag. Points are relative to the canvas. */
export interface DragHandlers {
  start(dragged: Dragged): void
  move(point: Point): void
  drop(): void
  cancel(): void
}

/** What is dragged now; null at rest. */
export const dragging = signal<Dragged | null>(null)
/** Where the pointer is on the canvas. */
export const point = signal<Point | null>(null)
/** Where the pointer is in the window. */
const pointer = signal<Point | null>(null)
/** Where a drop would go. */
export const target = signal<Target | null>(null)

const canvasId = 'canvas'
let canvas: HTMLElement | null = null

/** The element that drops are measured against; null when none is shown. */
export function canvasElement(): HTMLElement | null {
  return canvas
}

function mayStart(node: EventTarget | null): boolean {
  const element = node instanceof Element ? node : null
  return (
    element?.closest('[data-drag]') != null &&
    element.closest('[data-no-drag], input, textarea, select, [contenteditable="true"]') === null
  )
}

class AreaMouseSensor extends MouseSensor {
  static override activators = [
    {
      eventName: 'onMouseDown' as const,
      handler: ({ nativeEvent }: MouseEvent) => nativeEvent.button === 0 && mayStart(nativeEvent.target),
    },
  ]
}

class AreaTouchSensor extends TouchSensor {
  static override activators = [
    {
      eventName: 'onTouchStart' as const,
      handler: ({ nativeEvent }: TouchEvent) => nativeEvent.touches.length === 1 && mayStart(nativeEvent.target),
    },
  ]
}

const silent = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
}
const accessibility = { announcements: silent, screenReaderInstructions: { draggable: '' }, restoreFocus: false }

export function DragRoot({ children }: { readonly children: ReactNode }) {
  const sensors = useSensors(
    useSensor(AreaMouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(AreaTouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  )
  return (
    <DndContext sensors={sensors} collisionDetection={pointerWithin} accessibility={accessibility}>
      {children}
    </DndContext>
  )
}

export interface SourceProps {
  readonly ref: (element: HTMLElement | null) => void
  readonly onMouseDown?: (event: MouseEvent) => void
  readonly onTouchStart?: (event: TouchEvent) => void
}

/** Makes an area one in which things with `data-drag` can be picked up. */
export function useDragSource(area: string): SourceProps {
  const { setNodeRef, listeners } = useDraggable({ id: area })
  return { ref: setNodeRef, ...(listeners as Omit<SourceProps, 'ref'> | undefined) }
}

/** The one surface on which things are dropped. */
export function useDropSurface(): RefCallback<HTMLElement> {
  const { setNodeRef } = useDroppable({ id: canvasId })
  return useMemo(
    () => (element: HTMLElement | null) => {
      canvas = element
      setNodeRef(element)
    },
    [setNodeRef],
  )
}

/** Tells the handlers of start, move, drop and cancel; below `DragRoot`. */
export function DragListener({ handlers }: { readonly handlers: DragHandlers }) {
  useDndMonitor({
    onDragStart: (event) => begin(event, handlers),
    onDragMove: () => follow(handlers),
    onDragEnd: (event) => finish(event, handlers),
    onDragCancel: () => end(handlers.cancel),
  })
  return null
}

/** What hangs at the pointer while dragging. */
export function DragGhost({ children }: { readonly children: ReactNode }) {
  const at = useSignal(pointer)
  if (!at) return null
  return createPortal(
    <div className="fd-ghost" style={{ transform: `translate(${at.x + 12}px, ${at.y + 12}px)` }} aria-hidden="true">
      {children}
    </div>,
    document.body,
  )
}

function begin({ activatorEvent }: DragStartEvent, handlers: DragHandlers): void {
  const element =
    activatorEvent.target instanceof Element ? activatorEvent.target.closest<HTMLElement>('[data-drag]') : null
  const text = element?.dataset['drag']
  if (text === undefined) return
  dragging.value = JSON.parse(text) as Dragged
  pointer.value = positionOf(activatorEvent)
  document.addEventListener('mousemove', track, true)
  document.addEventListener('touchmove', track, { capture: true, passive: true })
  handlers.start(dragging.value)
}

/** The library's own distance counts scrolling in; the pointer itself is what people see. */
function track(event: Event): void {
  pointer.value = positionOf(event) ?? pointer.value
}

function follow(handlers: DragHandlers): void {
  const at = pointer.value
  if (!at || !canvas || dragging.value === null) return
  const origin = canvas.getBoundingClientRect()
  point.value = { x: at.x - origin.left, y: at.y - origin.top }
  handlers.move(point.value)
}

function finish(event: DragEndEvent, handlers: DragHandlers): void {
  follow(handlers)
  end(event.over?.id === canvasId ? handlers.drop : handlers.cancel)
}

function end(tell: () => void): void {
  document.removeEventListener('mousemove', track, true)
  document.removeEventListener('touchmove', track, true)
  if (dragging.value !== null) tell()
  dragging.value = null
  point.value = null
  pointer.value = null
  target.value = null
}

function positionOf(event: Event): Point | null {
  if ('clientX' in event && 'clientY' in event) return { x: Number(event.clientX), y: Number(event.clientY) }
  const touch = 'touches' in event ? (event as unknown as globalThis.TouchEvent).touches[0] : undefined
  return touch ? { x: touch.clientX, y: touch.clientY } : null
}
