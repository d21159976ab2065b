/** Rectangles of everything on the canvas, read once when a drag starts, relative to the canvas: scrolling adds an offset, nothing is read again. */

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface MeasuredItem {
  readonly id: string
  readonly box: Box
  /** Node of the table that it shows: takes columns. */
  readonly table?: string
}
export interface MeasuredSection {
  readonly id: string
  readonly tab: string
  readonly box: Box
  /** In the order of the layout. */
  readonly items: readonly MeasuredItem[]
}
export interface MeasuredTab {
  readonly id: string
  readonly box: Box
}
export interface Measured {
  readonly tabs: readonly MeasuredTab[]
  /** Of the tab that is shown. */
  readonly sections: readonly MeasuredSection[]
}

/** Reads `data-node`, `data-node-type` and `data-table` of the canvas. */
export function measureCanvas(canvas: HTMLElement): Measured {
  const origin = canvas.getBoundingClientRect()
  const within = (element: Element, type: string) => [
    ...element.querySelectorAll<HTMLElement>(`[data-node-type="${type}"]`),
  ]
  const boxOf = (element: HTMLElement) => relative(element.getBoundingClientRect(), origin)
  const idOf = (element: HTMLElement) => element.dataset['node'] ?? ''
  const itemOf = (element: HTMLElement): MeasuredItem => {
    const table = element.dataset['table']
    return { id: idOf(element), box: boxOf(element), ...(table ? { table } : {}) }
  }
  return {
    tabs: within(canvas, 'tab').map((element) => ({ id: idOf(element), box: boxOf(element) })),
    sections: within(canvas, 'section').map((element) => ({
      id: idOf(element),
      tab: element.dataset['tab'] ?? '',
      box: boxOf(element),
      items: within(element, 'item').map(itemOf),
    })),
  }
}

function relative(rect: DOMRect, origin: DOMRect): Box {
  return {
    left: rect.left - origin.left,
    top: rect.top - origin.top,
    right: rect.right - origin.left,
    bottom: rect.bottom - origin.top,
  }
}
