/** Rows on the phone: a card each; a touch opens the row as a sheet of inputs. */
import { useState } from 'react'
import type { FieldProgram } from '#expressions/form-program.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { columnTotal } from './column-total.ts'
import { FieldDisplay } from './field-face.tsx'
import { FieldView } from './field-view.tsx'
import { FormProvider, useFormRuntime } from './form-context.tsx'
import type { TableProps } from './table-props.ts'
import { useCell } from './use-cell.ts'

export function TableCards({ table, columns, totals, writable, program, label }: TableProps) {
  const t = useText()
  const { store } = useFormRuntime()
  useSignal(store.edits)
  const rows = useSignal(store.rows(table))
  const [open, setOpen] = useState<string | null>(null)
  const money = columns.findLast((column) => totals.includes(column.field.name) && column.field.kind.name === 'money')
  return (
    <div className="fl-rowcards">
      {rows.map((id) => (
        <RowCard key={id} table={table} id={id} columns={columns} side={money} onOpen={() => setOpen(id)} />
      ))}
      {money && (
        <div className="total">
          <span className="fl-grow">{t('grid_total')}</span>
          <FieldDisplay field={money.field} value={columnTotal(store, table, money)} record={{}} dense />
        </div>
      )}
      {writable && (
        <Button icon="plus" className="wide" onClick={() => setOpen(store.addRow(table))}>
          {t('grid_add')}
        </Button>
      )}
      {open !== null && rows.includes(open) && (
        <RowSheet
          table={table}
          id={open}
          program={program}
          label={label}
          writable={writable}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}

interface RowCardProps {
  readonly table: string
  readonly id: string
  readonly columns: readonly FieldProgram[]
  /** The column on the right, with the sum below; absent: the last figure. */
  readonly side: FieldProgram | undefined
  readonly onOpen: () => void
}

function RowCard({ table, id, columns, side, onOpen }: RowCardProps) {
  const named = columns.find((column) => column.field.type.is === 'record') ?? columns[0]
  const last = side ?? columns.findLast((column) => column.field.type.is === 'decimal')
  const rest = columns.filter((column) => column !== named && column !== last).slice(0, 4)
  const show = (column: FieldProgram | undefined) =>
    column && <RowValue cellKey={`${table}/${id}/${column.field.name}`} column={column} />
  return (
    <button type="button" className="fl-rowcard" onClick={onOpen}>
      <span className="fl-row">
        <span className="fl-grow fl-cut fl-strong">{show(named)}</span>
        {show(last)}
      </span>
      <span className="fl-row fl-12 fl-ink-2">
        {rest.map((column) => (
          <span key={column.key} className="fl-cut">
            {show(column)}
          </span>
        ))}
      </span>
    </button>
  )
}

function RowValue({ cellKey, column }: { readonly cellKey: string; readonly column: FieldProgram }) {
  const { store } = useFormRuntime()
  const { value, problems } = useCell(store, cellKey)
  if (problems.length > 0)
    return (
      <span className="fl-wrong">
        <Icon name="alert-triangle" size={14} />
      </span>
    )
  return (
    <FieldDisplay
      field={column.field}
      value={value}
      record={{}}
      parent={new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? store.wire(name) : undefined) })}
      dense
    />
  )
}

interface RowSheetProps {
  readonly table: string
  readonly id: string
  readonly program: FieldProgram
  readonly label: string
  readonly writable: boolean
  readonly onClose: () => void
}

function RowSheet({ table, id, program, label, writable, onClose }: RowSheetProps) {
  const t = useText()
  const runtime = useFormRuntime()
  return (
    <div className="fl-sheet" role="dialog" aria-modal="true" aria-label={label}>
      <header>
        <span className="fl-grow">{label}</span>
        {writable && (
          <IconButton
            icon="trash"
            size={20}
            label={t('grid_delete')}
            onClick={() => {
              runtime.store.removeRow(table, id)
              onClose()
            }}
          />
        )}
        <Button look="link" onClick={onClose}>
          {t('done')}
        </Button>
      </header>
      <FormProvider value={{ ...runtime, mode: writable ? 'edit' : 'read' }}>
        <div className="content fl-section">
          <div className="fl-sectiongrid" data-columns={1}>
            {[...(program.columns?.values() ?? [])].map((column) => (
              <FieldView key={column.key} cellKey={`${table}/${id}/${column.field.name}`} program={column} />
            ))}
          </div>
        </div>
      </FormProvider>
    </div>
  )
}
