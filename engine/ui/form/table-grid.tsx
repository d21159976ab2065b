/** The editable grid: one active cell, one editor, arrows and Enter as in a spreadsheet; virtual when it is long. */
import { useWorkspace } from '../client/workspace.tsx'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { useFormRuntime } from './form-context.tsx'
import { isRight } from './grid-columns.ts'
import { GridRow } from './grid-row.tsx'
import { GridTotals } from './grid-totals.tsx'
import type { TableProps } from './table-props.ts'
import { edgeWidth, useColumnPlan } from './use-column-plan.ts'
import { useFormat } from './use-format.ts'
import { useGrid } from './use-grid.ts'

export function TableGrid({ table, columns, totals, writable, label }: TableProps) {
  const t = useText()
  const text = useLabel()
  const { store, linked } = useFormRuntime()
  const { app } = useWorkspace()
  const { locale, zone } = useFormat()
  const context = { locale, zone, currency: app.workspace.currency }
  const grid = useGrid({ store, table, columns, writable, context, linked })
  const plan = useColumnPlan(grid.wrap, { store, table, columns, context, writable, totals })
  const { rows, cursor, edit, sight } = grid
  const width = plan.widths.reduce((sum, one) => sum + one, edgeWidth * (writable ? 2 : 1))
  return (
    <div
      className="fl-gridwrap"
      ref={grid.wrap}
      data-long={grid.long || undefined}
      data-scrolls={plan.scrolls || undefined}
    >
      <table
        className="fl-grid"
        ref={grid.place}
        {...{ role: 'grid', 'aria-label': label, 'aria-rowcount': rows.length + 1, 'aria-readonly': !writable }}
        style={{ minWidth: plan.scrolls ? width : undefined }}
        onClick={grid.onPick}
        onKeyDown={grid.onKeyDown}
        onPaste={grid.onPaste}
      >
        <colgroup>
          <col style={{ width: edgeWidth }} />
          {columns.map((column, at) => (
            <col key={column.key} style={{ width: plan.widths[at] }} />
          ))}
          {writable && <col style={{ width: edgeWidth }} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <span className="fl-hidden">{t('grid_number')}</span>
            </th>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={isRight(column) ? 'fl-right' : undefined}>
                {text(column.field.definition.label, column.field.name)}
              </th>
            ))}
            {writable && (
              <th scope="col">
                <span className="fl-hidden">{t('grid_delete')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {grid.before > 0 && (
            <tr className="spacer">
              <td colSpan={columns.length + 2} style={{ height: grid.before }} />
            </tr>
          )}
          {sight.map((row) => (
            <GridRow
              key={rows[row]}
              table={table}
              id={rows[row] ?? ''}
              row={row}
              columns={columns}
              writable={writable}
              active={cursor.row === row ? cursor.column : null}
              edit={cursor.row === row ? edit : null}
              onActivate={(column) => grid.activate({ row, column })}
              onEditorKey={grid.onEditorKey}
              onLeave={grid.leave}
              onRemove={() => grid.removeLine(row)}
            />
          ))}
          {grid.after > 0 && (
            <tr className="spacer">
              <td colSpan={columns.length + 2} style={{ height: grid.after }} />
            </tr>
          )}
        </tbody>
        {totals.length > 0 && <GridTotals table={table} columns={columns} totals={totals} writable={writable} />}
      </table>
      {writable && (
        <button type="button" className="fl-addline" onClick={grid.addLine} onPaste={grid.onPaste}>
          <Icon name="plus" size={14} />
          {t('grid_add')} <span className="fl-ink-3 fl-12">{t('grid_add_hint')}</span>
        </button>
      )}
    </div>
  )
}
