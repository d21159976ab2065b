/** The head of a record: way back, stepping, title, state and its path, acts. */
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { isProblem } from '../client/problem-error.ts'
import { deleteRecord, restoreRecord } from '../client/records.ts'
import { type FormAccess, useWorkspace } from '../client/workspace.tsx'
import type { FormStore } from '../form/form-store.ts'
import { StateOf } from '../list/cell.tsx'
import { lower, pluralOf } from '../list/list-place.ts'
import { stepOf } from '../list/stepping.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { showToast } from '../parts/toast.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { StatePath } from './state-path.tsx'

export interface RecordHeadProps {
  readonly access: FormAccess
  readonly record: RecordAnswer | null
  readonly store: FormStore
  readonly aside: boolean
  readonly onAside: () => void
}

export function RecordHead({ access, record, aside, onAside }: RecordHeadProps) {
  const t = useText()
  const label = useLabel()
  const form = access.form.name
  const name = label(access.form.label, form)
  const list = label(pluralOf(access.form), form)
  const state = typeof record?.state === 'string' ? record.state : (access.form.lifecycle?.initial ?? '')
  const title = record ? record.title || t('untitled') : t('new_form', { form: lower(name) })
  return (
    <header className="fl-recordhead">
      <div className="crumbs">
        <nav aria-label={t('crumbs')}>
          <Link to="/f/$form" params={{ form }} search={{}} className="fl-only-desk">
            {list}
          </Link>
          <Link
            to="/f/$form"
            params={{ form }}
            search={{}}
            className="fl-iconbutton fl-only-phone"
            aria-label={t('back_to', { form: lower(list) })}
          >
            <Icon name="arrow-left" size={20} />
          </Link>
          <span aria-hidden="true" className="fl-only-desk fl-ink-3">
            /
          </span>
          <span className="fl-cut" aria-current="page">
            {title}
          </span>
        </nav>
        <span className="fl-grow" />
        {record && <Stepping form={form} id={record.id} />}
        {record && (
          <IconButton
            icon="timeline"
            label={t('aside')}
            className={`fl-asidebutton ${aside ? 'on' : ''}`}
            aria-pressed={aside}
            onClick={onAside}
          />
        )}
        {record && <RecordMenu access={access} record={record} />}
      </div>
      <div className="title">
        <h1>{title}</h1>
        {record && access.form.lifecycle && <StateOf form={access.form} state={state} look="badge" />}
      </div>
      {record && access.form.lifecycle && <StatePath lifecycle={access.form.lifecycle} state={state} />}
    </header>
  )
}

function Stepping({ form, id }: { readonly form: string; readonly id: string }) {
  const t = useText()
  const navigate = useNavigate()
  const step = stepOf(form, id)
  if (!step) return null
  const go = (to: string | undefined) => {
    if (to) void navigate({ to: '/f/$form/$id', params: { form, id: to }, search: {} })
  }
  return (
    <span className="fl-row fl-only-desk">
      <span className="fl-13 fl-ink-2">
        {step.position} / {step.count}
      </span>
      <IconButton icon="chevron-up" label={t('previous')} disabled={!step.previous} onClick={() => go(step.previous)} />
      <IconButton icon="chevron-down" label={t('next')} disabled={!step.next} onClick={() => go(step.next)} />
    </span>
  )
}

function RecordMenu({ access, record }: { readonly access: FormAccess; readonly record: RecordAnswer }) {
  const t = useText()
  const label = useLabel()
  const { app } = useWorkspace()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = access.form.name
  const deletable = record.can?.includes('delete') ?? access.may('delete')
  const refresh = () => client.invalidateQueries({ queryKey: ['records', form] })
  /** What still links here, counted: `Orders 2, Tickets 1`. */
  const linksOf = (error: unknown) => {
    const links = isProblem(error, 'still-linked') ? error.errors : []
    const names = links.map(({ params }) => {
      const other = app.forms.find((one) => one.name === params?.['form'])
      return `${label(other ? pluralOf(other) : undefined, String(params?.['form']))} ${params?.['count']}`
    })
    return names.length > 0 ? t('delete_linked', { links: names.join(', ') }) : ''
  }
  async function remove(): Promise<void> {
    try {
      await deleteRecord(form, record)
      await navigate({ to: '/f/$form', params: { form }, search: {} })
      void refresh()
      showToast(t('deleted', { count: 1 }), {
        label: t('undo'),
        run: () => void restoreRecord(form, record.id).then(refresh),
      })
    } catch (error) {
      showToast(linksOf(error) || describeError(error, t))
    }
  }
  if (!deletable) return null
  return (
    <Menu
      label={t('more')}
      entries={[{ id: 'delete', label: t('delete'), icon: 'trash', danger: true, onPick: () => void remove() }]}
    />
  )
}
