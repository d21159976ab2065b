/** Form, save bar, drafts and aside of one record, new or existing. */
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { implicitLayout } from '#definitions/implicit-layout.ts'
import type { RecordValues } from '#expressions/live-record.ts'
import { type FormAccess, useWorkspace } from '../client/workspace.tsx'
import { draftName, dropDraft } from '../form/drafts.ts'
import { FormView } from '../form/form-view.tsx'
import { lower } from '../list/list-place.ts'
import { showToast } from '../parts/toast.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { Aside } from './aside.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { DraftNote } from './draft-note.tsx'
import { ElsewhereNote } from './elsewhere-note.tsx'
import { ProblemSummary } from './problem-summary.tsx'
import { RecordHead } from './record-head.tsx'
import { SaveBar } from './save-bar.tsx'
import { ServerValues } from './server-values.tsx'
import { useFormStore } from './use-form-store.ts'
import { useSave } from './use-save.ts'

export interface RecordEditorProps {
  readonly access: FormAccess
  readonly record: RecordAnswer | null
  readonly preset: RecordValues
}

export function RecordEditor({ access, record, preset }: RecordEditorProps) {
  const t = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const { app } = useWorkspace()
  const form = access.form.name
  const [round, setRound] = useState(0)
  const [tab, setTab] = useState<string | undefined>()
  const [aside, setAside] = useState(false)
  const { store, linked, record: begun } = useFormStore(access, record, { round, preset })
  const [draftVersion, setDraftVersion] = useState<number | null>(null)
  const draft = draftName(app.user.id, form, record?.id ?? null)
  const onSaved = (saved: RecordAnswer) => {
    dropDraft(draft)
    setDraftVersion(null)
    showToast(t(record ? 'saved' : 'created'))
    if (!record) void navigate({ to: '/f/$form/$id', params: { form, id: saved.id }, search: {} })
  }
  const saving = useSave({
    form,
    store,
    record: begun && { ...begun, version: Math.min(begun.version, draftVersion ?? begun.version) },
    onSaved,
  })
  const discard = () => {
    store.settle()
    dropDraft(draft)
    setDraftVersion(null)
    if (record) setRound(round + 1)
    else void navigate({ to: '/f/$form', params: { form }, search: {} })
  }
  const onLeft = () => {
    if (window.location.pathname.startsWith('/sign-in')) return
    const title = record?.title ?? t('new_form', { form: lower(label(access.form.label, form)) })
    const back = () =>
      void (record
        ? navigate({ to: '/f/$form/$id', params: { form, id: record.id }, search: {} })
        : navigate({ to: '/f/$form/new', params: { form }, search: {} }))
    showToast(t('draft_kept', { title }), { label: t('draft_back'), run: back })
  }
  useSaveKey(() => void saving.save())
  const tabs = access.form.layout?.tabs ?? implicitLayout(access.form).tabs ?? []
  const showField = (field: string) =>
    setTab(tabs.find((one) => one.sections.some((section) => section.items.some((item) => item.field === field)))?.id)
  return (
    <>
      <RecordHead access={access} record={record} store={store} aside={aside} onAside={() => setAside(!aside)} />
      <div className={`fl-recordbody ${aside ? 'aside-open' : ''} ${record ? '' : 'fresh'}`}>
        <div className="fl-recordform">
          <ServerValues store={store} form={form} id={record?.id ?? null} />
          <DraftNote
            name={draft}
            store={store}
            version={draftVersion ?? begun?.version ?? null}
            onLeft={onLeft}
            onRestore={setDraftVersion}
          />
          {record && begun && <ElsewhereNote form={form} record={record} begun={begun} busy={saving.busy} />}
          <ProblemSummary
            store={store}
            failure={saving.failure}
            refusals={saving.refusals}
            onRetry={() => void saving.save()}
            onField={showField}
          />
          <FormView
            key={round}
            form={access.form}
            store={store}
            linked={linked}
            mode={record ? 'read' : 'edit'}
            {...(tab ? { tab } : {})}
            onTab={setTab}
          />
        </div>
        {record && <Aside access={access} record={record} />}
      </div>
      <SaveBar store={store} busy={saving.busy} onSave={() => void saving.save()} onDiscard={discard} />
      {saving.conflict && (
        <ConflictDialog
          conflict={saving.conflict}
          store={store}
          onResolve={(keep) => void saving.resolve(keep)}
          onClose={saving.dropConflict}
        />
      )}
    </>
  )
}

/** Ctrl S (⌘ S) saves, from wherever one types. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      save()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
