/** Where a drag would drop: the deepest container under the point, then the nearest gap. Pure: rectangles in, `{parent, index, beside}` and a line out. */
import type { Place } from '../commands/place.ts'
import type { Box, Measured, MeasuredItem, MeasuredSection } from './measure.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What is dragged: a kind of the palette, a field that is not shown, or a node. */
export type Dragged =
  | { readonly what: 'kind'; readonly kind: string }
  | { readonly what: 'field'; readonly id: string }
  | { readonly what: 'item' | 'section' | 'tab'; readonly id: string }
  | { readonly what: 'new-section' | 'new-tab' | 'new-text' }

export interface Target {
  readonly place: Place
  /** The one line that shows it; a point where the whole container is the target. */
  readonly line: Box
}

const edge = 0.28
const gap = 6

export function findTarget(measured: Measured, dragged: Dragged, point: Point): Target | null {
  if (dragged.what === 'tab' || dragged.what === 'new-tab') return amongTabs(measured, dragged, point)
  if (dragged.what === 'section' || dragged.what === 'new-section') return amongSections(measured, dragged, point)
  const section = nearestSection(measured, point)
  return section ? inSection(section, dragged, point) : null
}

function amongTabs({ tabs }: Measured, dragged: Dragged, point: Point): Target | null {
  const others = tabs.filter((tab) => !('id' in dragged) || tab.id !== dragged.id)
  const index = others.filter(({ box }) => middleX(box) < point.x).length
  const near = others[Math.max(0, index - 1)]
  if (!near) return null
  const x = index === 0 ? near.box.left - gap / 2 : near.box.right + gap / 2
  return { place: { parent: 'layout', index }, line: { left: x, right: x, top: near.box.top, bottom: near.box.bottom } }
}

function amongSections({ sections }: Measured, dragged: Dragged, point: Point): Target | null {
  const others = sections.filter((section) => !('id' in dragged) || section.id !== dragged.id)
  const index = others.filter(({ box }) => middleY(box) < point.y).length
  const near = others[Math.max(0, index - 1)]
  if (!near) return null
  const y = index === 0 ? near.box.top - gap : near.box.bottom + gap
  return { place: { parent: near.tab, index }, line: { left: near.box.left, right: near.box.right, top: y, bottom: y } }
}

function nearestSection({ sections }: Measured, { y }: Point): MeasuredSection | undefined {
  const distance = ({ box }: MeasuredSection) => Math.max(box.top - y, y - box.bottom, 0)
  return [...sections].sort((one, other) => distance(one) - distance(other))[0]
}

function inSection(section: MeasuredSection, dragged: Dragged, point: Point): Target {
  const items = section.items.filter((item) => !('id' in dragged) || item.id !== dragged.id)
  const rows = rowsByTop(items)
  const row = rows.find((members) => point.y <= bottomOf(members) + gap)
  if (!row) return rowGap(section, { items, index: items.length, y: bottomEdge(section, items) })
  const start = items.indexOf(row[0] as MeasuredItem)
  const share = (point.y - topOf(row)) / Math.max(1, bottomOf(row) - topOf(row))
  const table = row.find((item) => item.table !== undefined)
  if (table && dragged.what === 'kind' && share > edge && share < 1 - edge) return intoTable(table)
  if (share < edge || (table && share < 0.5)) return rowGap(section, { items, index: start, y: topOf(row) - gap })
  if (share > 1 - edge || table) return rowGap(section, { items, index: start + row.length, y: bottomOf(row) + gap })
  return beside(section, { row, start, x: point.x })
}

interface RowGap {
  readonly items: readonly MeasuredItem[]
  readonly index: number
  readonly y: number
}

function rowGap(section: MeasuredSection, { index, y, items }: RowGap): Target {
  const inner = items.length > 0 ? spanning(items) : section.box
  return {
    place: { parent: section.id, index, beside: null },
    line: { left: inner.left, right: Math.max(inner.right, section.box.right - 12), top: y, bottom: y },
  }
}

interface Beside {
  readonly row: readonly MeasuredItem[]
  readonly start: number
  readonly x: number
}

function beside(section: MeasuredSection, { row, start, x }: Beside): Target {
  const after = row.filter(({ box }) => middleX(box) < x).length
  const neighbour = (row[after - 1] ?? row[0]) as MeasuredItem
  const at = after === 0 ? neighbour.box.left - gap : neighbour.box.right + gap
  return {
    place: { parent: section.id, index: start + after, beside: neighbour.id },
    line: { left: at, right: at, top: topOf(row), bottom: bottomOf(row) },
  }
}

/** A column at the end of the table; the line stands at its right edge. */
function intoTable(item: MeasuredItem): Target {
  const x = item.box.right - gap
  return {
    place: { parent: item.table ?? '', index: Number.MAX_SAFE_INTEGER },
    line: { left: x, right: x, top: item.box.top + gap, bottom: item.box.bottom - gap },
  }
}

/** Items whose tops differ by less than half of the first one's height stand in one row. */
function rowsByTop(items: readonly MeasuredItem[]): readonly (readonly MeasuredItem[])[] {
  const rows: MeasuredItem[][] = []
  for (const item of items) {
    const row = rows.at(-1)
    const first = row?.[0]
    const same =
      first !== undefined && item.box.left > (row?.at(-1)?.box.left ?? 0) && item.box.top < middleY(first.box)
    if (same) row?.push(item)
    else rows.push([item])
  }
  return rows
}

function spanning(items: readonly MeasuredItem[]): Box {
  return {
    left: Math.min(...items.map(({ box }) => box.left)),
    right: Math.max(...items.map(({ box }) => box.right)),
    top: topOf(items),
    bottom: bottomOf(items),
  }
}

function bottomEdge(section: MeasuredSection, items: readonly MeasuredItem[]): number {
  return items.length > 0 ? bottomOf(items) + gap : section.box.bottom - 2 * gap
}

function topOf(items: readonly MeasuredItem[]): number {
  return Math.min(...items.map(({ box }) => box.top))
}

function bottomOf(items: readonly MeasuredItem[]): number {
  return Math.max(...items.map(({ box }) => box.bottom))
}

function middleX(box: Box): number {
  return (box.left + box.right) / 2
}

function middleY(box: Box): number {
  return (box.top + box.bottom) / 2
}
