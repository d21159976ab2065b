/** The store of a record's form: made when the record arrives, kept while it is edited, told when linked values come. */
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { RecordValues } from '#expressions/live-record.ts'
import { readRecord } from '../client/records.ts'
import { type FormAccess, useWorkspace, type Workspace } from '../client/workspace.tsx'
import { FormStore } from '../form/form-store.ts'
import { LinkedRecords } from '../form/linked-records.ts'
import { hiddenFields, valuesOf } from '../form/record-values.ts'
import { surroundingsOf } from '../form/surroundings.ts'
import { useKeyed } from '../parts/use-keyed.ts'

export interface FormState {
  readonly store: FormStore
  readonly linked: LinkedRecords
}

export interface Start {
  /** Grows when changes are thrown away: the store starts anew. */
  readonly round: number
  /** Values of a new record. */
  readonly preset: RecordValues
}

/** null `record`: a new one, with the preset values. */
export function useFormStore(access: FormAccess, record: RecordAnswer | null, { round, preset }: Start): FormState {
  const workspace = useWorkspace()
  const form = access.form.name
  const key = [form, record?.id ?? 'new', record?.version ?? 0, round, workspace.app.revision].join('/')
  return useKeyed(key, () => makeState(workspace, access, record, preset))
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
  return { store, linked }
}
