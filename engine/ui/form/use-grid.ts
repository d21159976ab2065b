/** The course of a grid: where the cursor is, which cell is open, what keys and the clipboard do. */
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { Json } from '#base/json.ts'
import type { FormatContext } from '#definitions/field-kind.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { showToast } from '../parts/toast.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { copyFromLink } from './copy-from-link.ts'
import type { FormStore } from './form-store.ts'
import { type Cursor, moveCursor, readTabbed } from './grid-cursor.ts'
import { pasteCells } from './grid-paste.ts'
import type { LinkedRecords } from './linked-records.ts'

const rowHeight = 32
/** From here on only the rows in sight are in the page. */
const virtualFrom = 100

/** What was typed to open the cell. */
export interface GridEdit {
  readonly initial?: string
}

export interface GridQuestion {
  readonly store: FormStore
  readonly table: string
  readonly columns: readonly FieldProgram[]
  readonly writable: boolean
  readonly context: FormatContext
  readonly linked?: LinkedRecords | undefined
}

export interface Grid {
  readonly place: RefObject<HTMLTableElement | null>
  readonly wrap: RefObject<HTMLDivElement | null>
  readonly rows: readonly string[]
  readonly cursor: Cursor
  readonly edit: GridEdit | null
  readonly long: boolean
  /** The rows in the page, and the height of those above and below. */
  readonly sight: readonly number[]
  readonly before: number
  readonly after: number
  activate(at: Cursor): void
  openAt(at: Cursor): void
  leave(key: string): void
  addLine(): void
  removeLine(row: number): void
  onPick(event: MouseEvent): void
  onKeyDown(event: KeyboardEvent): void
  onEditorKey(event: KeyboardEvent): void
  onPaste(event: ClipboardEvent): void
}

export function useGrid({ store, table, columns, writable, context, linked }: GridQuestion): Grid {
  const t = useText()
  const rows = useSignal(store.rows(table))
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const [edit, setEdit] = useState<GridEdit | null>(null)
  const place = useRef<HTMLTableElement>(null)
  const wrap = useRef<HTMLDivElement>(null)
  const wantsFocus = useRef(false)
  /** What the open cell held before: Escape puts it back. */
  const begun = useRef<Json>(null)
  const long = rows.length > virtualFrom
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => wrap.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: long,
  })
  const sight = long ? virtual.getVirtualItems().map((item) => item.index) : rows.map((_, index) => index)
  const before = long ? (sight[0] ?? 0) * rowHeight : 0
  const after = long ? Math.max(0, rows.length - 1 - (sight[sight.length - 1] ?? 0)) * rowHeight : 0

  const keyAt = (at: Cursor) => `${table}/${rows[at.row]}/${columns[at.column]?.field.name}`
  const go = useCallback(
    (to: Cursor) => {
      wantsFocus.current = true
      setEdit(null)
      setCursor(to)
      if (long) virtual.scrollToIndex(to.row)
    },
    [long, virtual],
  )

  useEffect(() => {
    if (!wantsFocus.current || edit) return
    wantsFocus.current = false
    place.current?.querySelector<HTMLElement>('[data-active="true"]')?.focus()
  })

  function addLine(): void {
    store.addRow(table)
    go({ row: rows.length, column: firstWritable() })
  }
  function firstWritable(): number {
    return Math.max(
      0,
      columns.findIndex((column) => column.field.computed === null && !column.field.kind.generated),
    )
  }
  function open(initial?: string): void {
    if (!writable || !store.isWritable(keyAt(cursor)) || store.rulesFor(keyAt(cursor)).peek().readonly) return
    begun.current = store.wire(keyAt(cursor))
    setEdit(initial === undefined ? {} : { initial })
  }
  function move(event: KeyboardEvent): boolean {
    const next = moveCursor(
      cursor,
      { name: event.key, shift: event.shiftKey, control: event.ctrlKey || event.metaKey },
      { rows: rows.length, columns: columns.length },
    )
    if (next === null) return false
    event.preventDefault()
    if (next !== 'add') go(next)
    else if (writable) addLine()
    return true
  }
  function onKeyDown(event: KeyboardEvent) {
    if (
      edit ||
      !(event.target as HTMLElement).closest('[data-cell]') ||
      (event.target as HTMLElement).closest('button')
    )
      return
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      const by = event.key === 'ArrowUp' ? -1 : 1
      store.moveRow(table, rows[cursor.row] ?? '', by)
      return go({ row: Math.max(0, Math.min(rows.length - 1, cursor.row + by)), column: cursor.column })
    }
    if (event.key === 'F2') {
      event.preventDefault()
      return open()
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      return open()
    }
    if (event.ctrlKey && event.key.toLowerCase() === 'd') {
      event.preventDefault()
      return fillDown()
    }
    if (event.ctrlKey && event.key === 'Delete') {
      event.preventDefault()
      return removeLine(cursor.row)
    }
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      return clear()
    }
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      return open(event.key)
    }
    move(event)
  }
  function onEditorKey(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      store.reject(keyAt(cursor), [])
      if (JSON.stringify(store.wire(keyAt(cursor))) !== JSON.stringify(begun.current))
        store.set(keyAt(cursor), begun.current)
      return go(cursor)
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      store.leave(keyAt(cursor))
      if (!move(event)) setEdit(null)
    }
  }
  function fillDown(): void {
    const above = cursor.row > 0 ? store.wire(keyAt({ row: cursor.row - 1, column: cursor.column })) : null
    const key = keyAt(cursor)
    if (!writable || above === null || !store.isWritable(key)) return
    const before = store.wire(key)
    store.set(key, above)
    if (linked) void copyFromLink(store, { key, before }, linked)
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
    void pasteCells(cells, { store, table, columns, at, context, linked }).then((result) => {
      showToast(
        result.skipped
          ? t('grid_pasted_some', { count: result.cells, skipped: result.skipped })
          : t('grid_pasted', { count: result.cells }),
      )
    })
  }
  function activate(at: Cursor): void {
    wantsFocus.current = true
    setEdit(null)
    setCursor(at)
  }
  /** A click makes a cell the active one, two open it. */
  function onPick(event: MouseEvent): void {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')
    const [, row, column] = cell?.dataset['cell']?.split('/') ?? []
    const at = { row: rows.indexOf(row ?? ''), column: columns.findIndex((one) => one.field.name === column) }
    if (at.row < 0 || at.column < 0) return
    const open = edit !== null && cursor.row === at.row && cursor.column === at.column
    if (event.detail > 1) openAt(at)
    else if (!open) activate(at)
  }
  function openAt(at: Cursor): void {
    setCursor(at)
    begun.current = store.wire(keyAt(at))
    if (writable && store.isWritable(keyAt(at)) && !store.rulesFor(keyAt(at)).peek().readonly) setEdit({})
  }
  function leave(key: string): void {
    store.leave(key)
    setEdit(null)
  }
  return {
    place,
    wrap,
    rows,
    cursor,
    edit,
    long,
    sight,
    before,
    after,
    activate,
    openAt,
    onPick,
    leave,
    addLine,
    removeLine,
    onKeyDown,
    onEditorKey,
    onPaste,
  }
}
