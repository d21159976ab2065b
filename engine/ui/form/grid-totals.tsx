/** The footer of a grid: sums, right in the frame of the edit. */
import type { FieldProgram } from '#expressions/form-program.ts'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { columnTotal } from './column-total.ts'
import { FieldDisplay } from './field-face.tsx'
import { useFormRuntime } from './form-context.tsx'
import { isRight } from './grid-columns.ts'

export interface GridTotalsProps {
  readonly table: string
  readonly columns: readonly FieldProgram[]
  readonly totals: readonly string[]
  readonly writable: boolean
}

export function GridTotals({ table, columns, totals, writable }: GridTotalsProps) {
  const t = useText()
  const { store } = useFormRuntime()
  useSignal(store.edits)
  const parent = new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? store.wire(name) : undefined) })
  const first = columns.findIndex((column) => totals.includes(column.field.name))
  return (
    <tfoot>
      <tr>
        <td />
        {first > 0 && (
          <th scope="row" colSpan={first}>
            {t('grid_total')}
          </th>
        )}
        {columns.slice(Math.max(0, first)).map((column) => (
          <td key={column.key} className={isRight(column) ? 'fl-right' : undefined}>
            {totals.includes(column.field.name) && (
              <FieldDisplay
                field={column.field}
                value={columnTotal(store, table, column)}
                record={{}}
                parent={parent}
                dense
                bare
              />
            )}
          </td>
        ))}
        {writable && <td />}
      </tr>
    </tfoot>
  )
}
