/** The widths of a grid's columns for the place that it has; looked at again when the cursor moves, never while one types. */
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Json } from '#base/json.ts'
import type { FormatContext } from '#definitions/field-kind.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { useSignal } from '../parts/use-signal.ts'
import { useLabel } from '../strings/use-text.ts'
import { columnTotal } from './column-total.ts'
import type { FormStore } from './form-store.ts'
import { type ColumnPlan, planColumns } from './grid-columns.ts'
import { titleOf, titlesVersion } from './titles.ts'

/** The number of a row, and the button that deletes it. */
export const edgeWidth = 36
const sampledRows = 24

export interface ColumnQuestion {
  readonly store: FormStore
  readonly table: string
  readonly columns: readonly FieldProgram[]
  readonly context: FormatContext
  readonly writable: boolean
  /** Columns with a sum below them: the sum has to fit, too. */
  readonly totals: readonly string[]
}

export function useColumnPlan(wrap: RefObject<HTMLElement | null>, question: ColumnQuestion): ColumnPlan {
  const label = useLabel()
  useSignal(titlesVersion)
  const width = useWidth(wrap)
  const { store, table, columns, context, writable, totals } = question
  const rows = store.idsOf(table).slice(0, sampledRows)
  const contents = columns.map((column) => ({
    column,
    label: label(column.field.definition.label, column.field.name),
    texts: [
      ...rows.map((id) => shownText(store.wire(`${table}/${id}/${column.field.name}`), { column, context })),
      ...(totals.includes(column.field.name)
        ? [`${shownText(columnTotal(store, table, column), { column, context })}\u2007`]
        : []),
    ],
  }))
  return planColumns(contents, width - edgeWidth * (writable ? 2 : 1))
}

function shownText(value: Json, { column, context }: { column: FieldProgram; context: FormatContext }): string {
  const { field } = column
  if (value === null) return ''
  if (field.type.is === 'record') return titleOf(String(value)) ?? ''
  if (Array.isArray(value)) return ''
  const { currency: _hidden, ...plain } = context
  return field.kind.format(value, field.definition, plain)
}

function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const node = place.current
    if (!node) return
    const measure = () => setWidth(node.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(node)
    return () => observer.disconnect()
  }, [place])
  return width
}
