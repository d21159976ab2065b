/** Who changed what, newest first; quick edits of one person stand together. */
import { useQuery } from '@tanstack/react-query'
import type { Json, JsonObject } from '#base/json.ts'
import type { HistoryEntry } from '#contract/wire-record.ts'
import type { FormAccess } from '../client/workspace.tsx'
import { readHistory } from '../client/records.ts'
import { FieldDisplay } from '../form/field-face.tsx'
import { useFormat } from '../form/use-format.ts'
import { StateOf } from '../list/cell.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { groupChanges } from './group-changes.ts'

export interface TimelinePanelProps {
  readonly access: FormAccess
  readonly id: string
  readonly version: number
}

export function TimelinePanel({ access, id, version }: TimelinePanelProps) {
  const t = useText()
  const history = useQuery({ queryKey: ['records', access.form.name, 'history', id, version], queryFn: () => readHistory(access.form.name, id) })
  return (
    <section className="fl-asidepanel">
      <h2>{t('timeline')}</h2>
      {history.isError && <p className="fl-ink-2">{describeError(history.error, t)}</p>}
      <ol className="fl-timeline">
        {groupChanges(history.data?.changes ?? []).map((entry) => <Entry key={entry.version} access={access} entry={entry} />)}
      </ol>
    </section>
  )
}

function Entry({ access, entry }: { readonly access: FormAccess; readonly entry: HistoryEntry }) {
  const t = useText()
  const format = useFormat()
  const who = entry.actor?.title ?? t('system')
  const names = entry.before === null || entry.after === null ? [] : changedNames(entry.before, entry.after).filter((name) => name === 'state' || access.model.fields.has(name))
  const verb = entry.before === null ? t('history_created') : entry.after === null ? t('history_deleted') : names.length ? t('history_changed', { count: names.length }) : t('history_touched')
  return (
    <li>
      <Avatar id={entry.actor?.id ?? 'system'} name={who} />
      <div>
        <p><b>{who}</b> {verb}</p>
        {names.slice(0, 8).map((name) => <Change key={name} access={access} name={name} before={entry.before?.[name] ?? null} after={entry.after?.[name] ?? null} />)}
        <time className="fl-12 fl-ink-3" dateTime={entry.at} title={format.exact(entry.at)}>{format.moment(entry.at)}</time>
      </div>
    </li>
  )
}

function changedNames(before: JsonObject, after: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
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
