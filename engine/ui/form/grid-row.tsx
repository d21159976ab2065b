/** One row of a grid and its cells; each cell listens to itself alone. */
import { type KeyboardEvent, memo } from 'react'
import { issueText } from '#base/issue-texts.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { FieldDisplay } from './field-face.tsx'
import { FieldInput } from './field-input.tsx'
import { useFormRuntime } from './form-context.tsx'
import { isRight } from './grid-columns.ts'
import { useCell } from './use-cell.ts'
import { useFormat } from './use-format.ts'
import type { GridEdit } from './use-grid.ts'

export interface GridRowProps {
  readonly table: string
  readonly id: string
  readonly row: number
  readonly columns: readonly FieldProgram[]
  readonly writable: boolean
  /** The column of the cursor, when it is in this row. */
  readonly active: number | null
  readonly edit: GridEdit | null
  readonly onActivate: (column: number) => void
  readonly onEditorKey: (event: KeyboardEvent) => void
  readonly onLeave: (key: string) => void
  readonly onRemove: () => void
}

export const GridRow = memo(
  Row,
  (old, next) =>
    old.id === next.id &&
    old.row === next.row &&
    old.columns === next.columns &&
    old.writable === next.writable &&
    old.active === null &&
    next.active === null,
)

function Row(props: GridRowProps) {
  const t = useText()
  const { table, id, row, columns, writable, active, edit } = props
  return (
    <tr aria-rowindex={row + 2}>
      <th scope="row" className="index">
        {row + 1}
      </th>
      {columns.map((column, at) => (
        <GridCell
          key={column.key}
          cellKey={`${table}/${id}/${column.field.name}`}
          column={column}
          active={active === at}
          edit={active === at ? edit : null}
          onActivate={() => props.onActivate(at)}
          onEditorKey={props.onEditorKey}
          onLeave={props.onLeave}
        />
      ))}
      {writable && (
        <td className="remove">
          <IconButton
            icon="x"
            size={14}
            label={t('grid_delete_row', { row: row + 1 })}
            onClick={props.onRemove}
            tabIndex={-1}
          />
        </td>
      )}
    </tr>
  )
}

interface GridCellProps {
  readonly cellKey: string
  readonly column: FieldProgram
  readonly active: boolean
  readonly edit: GridEdit | null
  readonly onActivate: () => void
  readonly onEditorKey: (event: KeyboardEvent) => void
  readonly onLeave: (key: string) => void
}

function GridCell({ cellKey, column, active, edit, onActivate, onEditorKey, onLeave }: GridCellProps) {
  const label = useLabel()
  const { locale } = useFormat()
  const { store } = useFormRuntime()
  const { value, rules, problems, changed } = useCell(store, cellKey)
  const row = cellKey.slice(0, cellKey.lastIndexOf('/'))
  const wrong = problems.map((issue) => issueText(issue, locale)).join(' ')
  const rejected = wrong ? store.rejectedText(cellKey) : undefined
  const classes = [
    isRight(column) ? 'fl-right' : '',
    rules.readonly ? 'locked' : '',
    wrong ? 'wrong' : '',
    changed && !store.options.fresh ? 'changed' : '',
    edit ? 'editing' : '',
  ]
  return (
    <td
      className={classes.filter(Boolean).join(' ')}
      tabIndex={active ? 0 : -1}
      data-active={active}
      data-cell={cellKey}
      {...{ 'aria-readonly': rules.readonly || undefined, 'aria-invalid': wrong ? true : undefined }}
      title={wrong || undefined}
      onFocus={(event) => {
        if (event.target === event.currentTarget && !active) onActivate()
      }}
    >
      {edit ? (
        <FieldInput
          cellKey={cellKey}
          program={column}
          label={label(column.field.definition.label, column.field.name)}
          autoFocus
          compact
          initial={edit.initial}
          onKeyDown={onEditorKey}
          onBlur={() => onLeave(cellKey)}
        />
      ) : (
        rules.visible && (
          <span className="content">
            {wrong && <Icon name="alert-triangle" size={14} />}
            {rejected === undefined ? (
              <FieldDisplay
                field={column.field}
                value={value}
                record={reader((name) => store.wire(`${row}/${name}`))}
                parent={reader((name) => store.wire(name))}
                dense
                bare
              />
            ) : (
              <span className="fl-cut">{rejected}</span>
            )}
            {wrong && rejected === undefined && value === null && <span className="fl-cut">{wrong}</span>}
          </span>
        )
      )}
    </td>
  )
}

function reader(read: (name: string) => unknown): { readonly [field: string]: unknown } {
  return new Proxy({}, { get: (_target, name) => (typeof name === 'string' ? read(name) : undefined) })
}
