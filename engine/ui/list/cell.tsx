/** One value in a list: a state as a mark, people and links by title, everything else by its kind's Display face. */
import type { Json } from '#base/json.ts'
import type { AppForm } from '#contract/wire-app.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { FieldDisplay } from '../form/field-face.tsx'
import { isLinkValue } from '../form/link-value.ts'
import { useFormat } from '../form/use-format.ts'
import { StateMark } from '../parts/badge.tsx'
import { useLabel } from '../strings/use-text.ts'
import type { Column } from './columns.ts'

export interface CellProps {
  readonly form: AppForm
  readonly column: Column
  readonly record: RecordAnswer
  /** Stands inside of a link: never empty, no link of its own. */
  readonly asLink?: boolean
  readonly look?: 'mark' | 'badge'
}

export function Cell({ form, column, record, asLink, look = 'mark' }: CellProps) {
  const value = record[column.name] ?? null
  if (column.name === 'state') return <StateOf form={form} state={value} look={look} />
  if (value === null || value === '') return asLink ? <span className="fl-ink-3">{record.title || '–'}</span> : null
  if (column.field) return <FieldDisplay field={column.field} value={value as Json} record={record} dense />
  return <SystemValue value={value as Json} />
}

function SystemValue({ value }: { readonly value: Json }) {
  const format = useFormat()
  if (isLinkValue(value)) return <span className="fl-cut">{value.title}</span>
  const text = String(value)
  return (
    <span className="fl-ink-2" title={text}>
      {/^\d{4}-\d\d-\d\dT/.test(text) ? format.moment(text) : text}
    </span>
  )
}

export function StateOf({
  form,
  state,
  look,
}: {
  readonly form: AppForm
  readonly state: unknown
  readonly look: 'mark' | 'badge'
}) {
  const label = useLabel()
  if (typeof state !== 'string' || state === '') return null
  const found = form.lifecycle?.states.find((one) => one.name === state)
  return <StateMark label={label(found?.label, state)} color={found?.color} look={look} />
}
