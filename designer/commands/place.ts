/** A place in the layout, and the spans that make a node fit into it. */
import { childrenOf, type FormDocument, nodeOf } from '../model/document.ts'
import { maxColumns, rowsOf, type Spanned, usedOf } from '../model/rows.ts'
import type { Draft } from './draft.ts'

/** `index` counts in the parent without the node that moves. `beside`: absent = as it flows, null = a row of its own, an item = in its row. */
export interface Place {
  readonly parent: string
  readonly index: number
  readonly beside?: string | null
}

export function columnsOf(document: FormDocument, section: string): number {
  const columns = nodeOf(document, section)?.props['columns']
  return typeof columns === 'number' ? columns : 1
}

/** A table, and what is wide by nature, takes the whole row. */
export function spanOf(document: FormDocument, item: string): number {
  const span = nodeOf(document, item)?.props['span']
  return typeof span === 'number' ? span : 1
}

export function spannedItems(document: FormDocument, section: string): readonly Spanned[] {
  return childrenOf(document, section).map(({ id }) => ({ id, span: spanOf(document, id) }))
}

/** Gives the item, which stands in its place already, the width that the place asks for. */
export function fitInto(draft: Draft, item: string, place: Place): void {
  if (place.beside === undefined) shrink(draft, item, place.parent)
  else if (place.beside === null) setSpan(draft, item, columnsOf(draft.document, place.parent))
  else fitBeside(draft, { item, beside: place.beside, section: place.parent })
}

/** Keeps an item no wider than its section. */
function shrink(draft: Draft, item: string, section: string): void {
  setSpan(draft, item, Math.min(spanOf(draft.document, item), columnsOf(draft.document, section)))
}

interface Beside {
  readonly item: string
  readonly beside: string
  readonly section: string
}

/** A full row gains a column; the other rows keep their items by widening their last one. */
function fitBeside(draft: Draft, { item, beside, section }: Beside): void {
  const columns = columnsOf(draft.document, section)
  const others = spannedItems(draft.document, section).filter(({ id }) => id !== item)
  const rows = rowsOf(others, columns)
  const row = rows.find((members) => members.some(({ id }) => id === beside)) ?? []
  const free = columns - usedOf(row)
  if (free > 0) setSpan(draft, item, Math.min(free, Math.max(1, spanOf(draft.document, item))))
  else if (columns < maxColumns) gainColumn(draft, { item, section, row, rows })
  else squeeze(draft, item, row)
}

/** No further column: the widest of the row gives one. */
function squeeze(draft: Draft, item: string, row: readonly Spanned[]): void {
  const widest = [...row].sort((one, other) => other.span - one.span)[0]
  if (widest && widest.span > 1) setSpan(draft, widest.id, widest.span - 1)
  setSpan(draft, item, 1)
}

interface Gaining {
  readonly item: string
  readonly section: string
  readonly row: readonly Spanned[]
  readonly rows: readonly (readonly Spanned[])[]
}

function gainColumn(draft: Draft, { item, section, row, rows }: Gaining): void {
  draft.props(section, { columns: columnsOf(draft.document, section) + 1 })
  setSpan(draft, item, 1)
  for (const other of rows) {
    const last = other.at(-1)
    if (other !== row && last) setSpan(draft, last.id, last.span + 1)
  }
}

export function setSpan(draft: Draft, item: string, span: number): void {
  draft.props(item, { span: span <= 1 ? undefined : span })
}
