/** One side of a conflict in a table: its rows as they were changed there. */
import { FieldDisplay } from '../form/field-face.tsx'
import type { RowChange } from '../form/row-changes.ts'
import { useLabel, useText } from '../strings/use-text.ts'

const mostLines = 8

export function ConflictRows({ changes }: { readonly changes: readonly RowChange[] }) {
  const t = useText()
  if (changes.length === 0) return <span className="fl-ink-3">{t('conflict_no_rows')}</span>
  return (
    <ul>
      {changes.slice(0, mostLines).map((change) => (
        <li key={`${change.id} ${change.column?.name ?? change.what}`}>
          <ChangeLine change={change} />
        </li>
      ))}
      {changes.length > mostLines && (
        <li className="fl-ink-3">{t('conflict_more', { count: changes.length - mostLines })}</li>
      )}
    </ul>
  )
}

function ChangeLine({ change }: { readonly change: RowChange }) {
  const t = useText()
  const label = useLabel()
  if (change.what === 'added') return <>{t('history_rows_added', { count: 1 })}</>
  if (change.what === 'removed' || !change.column) return <>{t('conflict_row_removed', { row: change.row ?? 0 })}</>
  return (
    <span className="fl-row">
      <span className="fl-ink-2">
        {t('conflict_cell', { row: change.row ?? 0, field: label(change.column.definition.label, change.column.name) })}
      </span>
      {change.value === null ? (
        <span className="fl-ink-3">–</span>
      ) : (
        <FieldDisplay field={change.column} value={change.value ?? null} record={{}} dense />
      )}
    </span>
  )
}
