/** The store of a record's form: made when the record arrives, kept while it holds unsaved changes, told when linked values come. */
import { useRef } from 'react'
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { RecordValues } from '#expressions/live-record.ts'
import { readRecord } from '../client/records.ts'
import { type FormAccess, useWorkspace, type Workspace } from '../client/workspace.tsx'
import { applyDraft, draftOf } from '../form/drafts.ts'
import { FormStore } from '../form/form-store.ts'
import { LinkedRecords } from '../form/linked-records.ts'
import { hiddenFields, valuesOf } from '../form/record-values.ts'
import { surroundingsOf } from '../form/surroundings.ts'

export interface FormState {
  readonly store: FormStore
  readonly linked: LinkedRecords
  /** The record that the store began with: older than the newest while changes wait. */
  readonly record: RecordAnswer | null
}

export interface Start {
  /** Grows when changes are thrown away: the store starts anew. */
  readonly round: number
  /** Values of a new record. */
  readonly preset: RecordValues
}

interface Kept extends FormState {
  readonly place: string
  readonly version: number
  readonly revision: number
}

/** null `record`: a new one, with the preset values. */
export function useFormStore(access: FormAccess, record: RecordAnswer | null, { round, preset }: Start): FormState {
  const workspace = useWorkspace()
  const kept = useRef<Kept | null>(null)
  const before = kept.current
  const place = [access.form.name, record?.id ?? 'new', round].join('/')
  const { revision } = workspace.app
  const waiting =
    before !== null &&
    before.place === place &&
    !before.store.settled &&
    before.store.edits.peek() > 0 &&
    before.store.changed.peek().size > 0
  if (waiting && before.revision === revision) return before
  const newest = waiting ? before.record : record
  const version = newest?.version ?? 0
  if (before?.place === place && before.version === version && before.revision === revision) return before
  const state = makeState(workspace, access, newest, preset)
  if (waiting) {
    applyDraft(state.store, draftOf(before.store, version))
    before.store.settle()
  }
  kept.current = { ...state, place, version, revision }
  return kept.current
}

function makeState(
  workspace: Workspace,
  access: FormAccess,
  record: RecordAnswer | null,
  preset: RecordValues,
): FormState {
  const { app, model, readable } = workspace
  const { program } = readable.programOf(access.form.name)
  const holder: { store?: FormStore } = {}
  const linked = new LinkedRecords(model, readRecord, () => holder.store?.refresh())
  const mayWrite = record ? (record.can?.includes('update') ?? access.may('update')) : access.may('create')
  const store = new FormStore({
    program,
    values: record ? valuesOf(program, record) : preset,
    around: surroundingsOf(app, model, linked),
    fresh: record === null,
    readonly: new Set(access.policy.readonly),
    frozen: !mayWrite,
    ...(record ? { hidden: hiddenFields(program, record) } : {}),
  })
  holder.store = store
  return { store, linked, record }
}
