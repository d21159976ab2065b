/** Who changed what, newest first; quick edits of one person stand together. */

import { useQuery } from '@tanstack/react-query'
import type { Json } from '#base/json.ts'
import type { HistoryEntry, RowChange } from '#contract/wire-record.ts'
import type { FormModel } from '#definitions/model.ts'
import { readHistory } from '../client/records.ts'
import type { FormAccess } from '../client/workspace.tsx'
import { FieldDisplay } from '../form/field-face.tsx'
import { useFormat } from '../form/use-format.ts'
import { StateOf } from '../list/cell.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { type Translate, useLabel, useText } from '../strings/use-text.ts'
import { groupChanges } from './group-changes.ts'

export interface TimelinePanelProps {
  readonly access: FormAccess
  readonly id: string
  readonly version: number
}

export function TimelinePanel({ access, id, version }: TimelinePanelProps) {
  const t = useText()
  const history = useQuery({
    queryKey: ['records', access.form.name, 'history', id, version],
    queryFn: () => readHistory(access.form.name, id),
  })
  return (
    <section className="fl-asidepanel">
      <h2>{t('timeline')}</h2>
      {history.isError && <p className="fl-ink-2">{describeError(history.error, t)}</p>}
      <ol className="fl-timeline">
        {groupChanges(history.data?.changes ?? []).map((entry) => (
          <Entry key={entry.version} access={access} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

/** What a person changed stands before what followed from it. */
function isComputed(form: FormModel, name: string): boolean {
  const field = form.fields.get(name)
  return field !== undefined && (field.computed !== null || field.definition.readonly === true)
}

function Entry({ access, entry }: { readonly access: FormAccess; readonly entry: HistoryEntry }) {
  const format = useFormat()
  const t = useText()
  const who = entry.by?.title ?? t('system')
  const names =
    entry.version === 1 || 'deleted_at' in entry.fields
      ? []
      : Object.keys(entry.fields)
          .filter((name) => name === 'state' || access.model.fields.has(name))
          .sort((a, b) => Number(isComputed(access.model, a)) - Number(isComputed(access.model, b)))
  const tables = entry.version === 1 ? [] : Object.entries(entry.tables ?? {})
  return (
    <li>
      <Avatar id={entry.by?.id ?? 'system'} name={who} />
      <div>
        <p>
          <b>{who}</b> {verbOf(entry, names.length + tables.length, t)}
        </p>
        {names.slice(0, 8).map((name) => (
          <Change
            key={name}
            access={access}
            name={name}
            before={entry.fields[name]?.before ?? null}
            after={entry.fields[name]?.after ?? null}
          />
        ))}
        {tables.map(([name, rows]) => (
          <TableChange key={name} access={access} name={name} rows={rows} />
        ))}
        <time className="fl-12 fl-ink-3" dateTime={entry.at} title={format.exact(entry.at)}>
          {format.moment(entry.at)}
        </time>
      </div>
    </li>
  )
}

function verbOf(entry: HistoryEntry, count: number, t: Translate): string {
  if (entry.version === 1) return t('history_created')
  const removed = entry.fields['deleted_at']
  if (removed) return t(removed.after === null ? 'history_restored' : 'history_deleted')
  return count > 0 ? t('history_changed', { count }) : t('history_touched')
}

function TableChange({
  access,
  name,
  rows,
}: {
  readonly access: FormAccess
  readonly name: string
  readonly rows: readonly RowChange[]
}) {
  const t = useText()
  const label = useLabel()
  const added = rows.filter((row) => row.before === null).length
  const removed = rows.filter((row) => row.after === null).length
  const parts = [
    [added, 'history_rows_added'],
    [removed, 'history_rows_removed'],
    [rows.length - added - removed, 'history_rows_changed'],
  ] as const
  const text = parts
    .filter(([count]) => count > 0)
    .map(([count, key]) => t(key, { count }))
    .join(' · ')
  return (
    <p className="change">
      <span className="fl-ink-2">{label(access.model.fields.get(name)?.definition.label, name)}</span>
      <b>{text}</b>
    </p>
  )
}

interface ChangeProps {
  readonly access: FormAccess
  readonly name: string
  readonly before: Json
  readonly after: Json
}

function Change({ access, name, before, after }: ChangeProps) {
  const t = useText()
  const label = useLabel()
  const field = access.model.fields.get(name)
  const show = (value: Json) => {
    if (name === 'state') return <StateOf form={access.form} state={value} look="mark" />
    if (value === null || !field) return <span className="fl-ink-3">–</span>
    if (field.type.is === 'rows') return <span>{t('rows', { count: Array.isArray(value) ? value.length : 0 })}</span>
    return <FieldDisplay field={field} value={value} record={{}} dense />
  }
  return (
    <p className="change">
      <span className="fl-ink-2">{name === 'state' ? t('state') : label(field?.definition.label, name)}</span>
      {before !== null && <s>{show(before)}</s>}
      <Icon name="arrow-right" size={14} />
      <b>{show(after)}</b>
    </p>
  )
}
