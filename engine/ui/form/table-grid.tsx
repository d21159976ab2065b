/** The editable grid: one active cell, one editor, arrows and Enter as in a spreadsheet; virtual when it is long. */
import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useWorkspace } from '../client/workspace.tsx'
import { Icon } from '../parts/icon.tsx'
import { showToast } from '../parts/toast.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { useFormRuntime } from './form-context.tsx'
import { type Cursor, moveCursor, readTabbed } from './grid-cursor.ts'
import { pasteCells } from './grid-paste.ts'
import { GridRow } from './grid-row.tsx'
import { GridTotals } from './grid-totals.tsx'
import type { TableProps } from './table-view.tsx'
import { useFormat } from './use-format.ts'

const rowHeight = 32
/** From here on only the rows in sight are in the page. */
const virtualFrom = 100

export interface GridEdit {
  /** What was typed to open the cell. */
  readonly initial?: string
}

export function TableGrid({ table, columns, totals, writable, label }: TableProps) {
  const t = useText()
  const text = useLabel()
  const { store } = useFormRuntime()
  const { app } = useWorkspace()
  const { locale, zone } = useFormat()
  const rows = useSignal(store.rows(table))
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const [edit, setEdit] = useState<GridEdit | null>(null)
  const grid = useRef<HTMLTableElement>(null)
  const wrap = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  const long = rows.length > virtualFrom
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => wrap.current, estimateSize: () => rowHeight, overscan: 12, enabled: long })
  const sight = long ? virtual.getVirtualItems().map((item) => item.index) : rows.map((_, index) => index)
  const before = long ? (sight[0] ?? 0) * rowHeight : 0
  const after = long ? Math.max(0, rows.length - 1 - (sight[sight.length - 1] ?? 0)) * rowHeight : 0

  const keyAt = (at: Cursor) => `${table}/${rows[at.row]}/${columns[at.column]?.field.name}`
  const go = useCallback((to: Cursor) => {
    wantsFocus.current = true
    setEdit(null)
    setCursor(to)
    if (long) virtual.scrollToIndex(to.row)
  }, [long, virtual])

  useEffect(() => {
    if (!wantsFocus.current || edit) return
    wantsFocus.current = false
    grid.current?.querySelector<HTMLElement>('[data-active="true"]')?.focus()
  })

  function addLine(): void {
    store.addRow(table)
    go({ row: rows.length, column: firstWritable() })
  }
  function firstWritable(): number {
    return Math.max(0, columns.findIndex((column) => column.field.computed === null && !column.field.kind.generated))
  }
  function open(initial?: string): void {
    if (!writable || !store.isWritable(keyAt(cursor)) || store.rulesFor(keyAt(cursor)).peek().readonly) return
    setEdit(initial === undefined ? {} : { initial })
  }
  function move(event: KeyboardEvent): boolean {
    const next = moveCursor(cursor, { name: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey }, { rows: rows.length, columns: columns.length })
    if (next === null) return false
    event.preventDefault()
    if (next !== 'add') go(next)
    else if (writable) addLine()
    return true
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (edit || !(event.target as HTMLElement).closest('[role="gridcell"]') || (event.target as HTMLElement).closest('button')) return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const by = event.key === 'ArrowUp' ? -1 : 1
      store.moveRow(table, rows[cursor.row] ?? '', by)
      return go({ row: Math.max(0, Math.min(rows.length - 1, cursor.row + by)), column: cursor.column })
    }
    if (event.key === 'F2') { event.preventDefault(); return open() }
    if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); return open() }
    if (event.ctrlKey && event.key.toLowerCase() === 'd') { event.preventDefault(); return fillDown() }
    if (event.ctrlKey && event.key === 'Delete') { event.preventDefault(); return removeLine(cursor.row) }
    if (event.key === 'Delete' || event.key === 'Backspace') { event.preventDefault(); return clear() }
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); return open(event.key) }
    move(event)
  }
  function onEditorKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); return go(cursor) }
    if (event.key === 'Enter' || event.key === 'Tab') {
      store.leave(keyAt(cursor))
      if (!move(event)) setEdit(null)
    }
  }
  function fillDown(): void {
    const above = cursor.row > 0 ? store.wire(keyAt({ row: cursor.row - 1, column: cursor.column })) : null
    if (writable && above !== null && store.isWritable(keyAt(cursor))) store.set(keyAt(cursor), above)
  }
  function clear(): void {
    if (writable && store.isWritable(keyAt(cursor))) store.set(keyAt(cursor), null)
  }
  function removeLine(row: number): void {
    const id = rows[row]
    if (!writable || id === undefined) return
    store.removeRow(table, id)
    go({ row: Math.max(0, Math.min(row, rows.length - 2)), column: cursor.column })
  }
  function onPaste(event: ClipboardEvent): void {
    const cells = readTabbed(event.clipboardData.getData('text/plain'))
    if (edit || !writable || cells.length === 0) return
    event.preventDefault()
    const at = rows.length === 0 ? { row: 0, column: 0 } : cursor
    void pasteCells(cells, { store, table, columns, at, context: { locale, zone, currency: app.workspace.currency } }).then((result) => {
      showToast(result.skipped ? t('grid_pasted_some', { count: result.cells, skipped: result.skipped }) : t('grid_pasted', { count: result.cells }))
    })
  }
  const width = columns.reduce((sum, column) => sum + columnWidth(column), 72)
  return (
    <div className="fl-gridwrap" ref={wrap} data-long={long || undefined}>
      <table className="fl-grid" role="grid" ref={grid} aria-label={label} aria-rowcount={rows.length + 1} aria-readonly={!writable} style={{ minWidth: width }} onKeyDown={onKeyDown} onPaste={onPaste}>
        <colgroup><col style={{ width: 36 }} />{columns.map((column) => <col key={column.key} style={isWide(column) ? undefined : { width: columnWidth(column) }} />)}{writable && <col style={{ width: 36 }} />}</colgroup>
        <thead>
          <tr>
            <th scope="col"><span className="fl-hidden">{t('grid_number')}</span></th>
            {columns.map((column) => <th key={column.key} scope="col" className={isRight(column) ? 'fl-right' : undefined}>{text(column.field.definition.label, column.field.name)}</th>)}
            {writable && <th scope="col"><span className="fl-hidden">{t('grid_delete')}</span></th>}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true"><td colSpan={columns.length + 2} style={{ height: before }} /></tr>}
          {sight.map((row) => (
            <GridRow
              key={rows[row]} table={table} id={rows[row] ?? ''} row={row} columns={columns} writable={writable}
              active={cursor.row === row ? cursor.column : null} edit={cursor.row === row ? edit : null}
              onActivate={(column) => { wantsFocus.current = true; setEdit(null); setCursor({ row, column }) }}
              onEdit={(column) => { setCursor({ row, column }); if (store.isWritable(keyAt({ row, column }))) setEdit({}) }}
              onEditorKey={onEditorKey} onLeave={(key) => { store.leave(key); setEdit(null) }} onRemove={() => removeLine(row)}
            />
          ))}
          {after > 0 && <tr aria-hidden="true"><td colSpan={columns.length + 2} style={{ height: after }} /></tr>}
        </tbody>
        {totals.length > 0 && <GridTotals table={table} columns={columns} totals={totals} writable={writable} />}
      </table>
      {writable && (
        <button type="button" className="fl-addline" onClick={addLine} onPaste={onPaste}>
          <Icon name="plus" size={14} />
          {t('grid_add')} <span className="fl-ink-3 fl-12">{t('grid_add_hint')}</span>
        </button>
      )}
    </div>
  )
}

export function isRight(column: TableProps['columns'][number]): boolean {
  return ['integer', 'decimal', 'duration'].includes(column.field.type.is)
}

function isWide(column: TableProps['columns'][number]): boolean {
  return column.field.type.is === 'text' && column.field.type.options === undefined
}

function columnWidth(column: TableProps['columns'][number]): number {
  switch (column.field.type.is) {
    case 'integer':
    case 'decimal': return column.field.kind.name === 'money' ? 100 : 84
    case 'boolean': return 72
    case 'date': return 116
    case 'record': return 136
    default: return 128
  }
}
