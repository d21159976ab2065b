/** The form under edit as the run-time renderer takes it: model, store with sample data, layout with the nodes' own ids. */
import { useMemo, useRef } from 'react'
import type { Json, JsonObject } from '#base/json.ts'
import { resolveText } from '#base/text.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import type { FieldDefinition, FormDefinition, Layout } from '#definitions/definition.ts'
import type { FieldModel, Model } from '#definitions/model.ts'
import { modelOfForms, type ReadableModel } from '#ui/client/readable-model.ts'
import { useWorkspace, type Workspace } from '#ui/client/workspace.tsx'
import { FormStore } from '#ui/form/form-store.ts'
import { LinkedRecords } from '#ui/form/linked-records.ts'
import { surroundingsOf } from '#ui/form/surroundings.ts'
import { rememberTitle } from '#ui/form/titles.ts'
import { locale } from '#ui/shell/preferences.ts'
import { childrenOf, type FormDocument, layoutId } from '../model/document.ts'
import { itemDefinition, toDefinition } from '../model/to-definition.ts'
import { useWholeModel } from './whole-model.ts'

export interface Preview {
  readonly form: FormDefinition
  readonly readable: ReadableModel
  readonly store: FormStore
}

/** Made anew only when a field changed: moving things about keeps the store. */
export function usePreview(document: FormDocument): Preview {
  const { app, kinds } = useWorkspace()
  const model = useWholeModel()
  const fields = useStable(
    Object.values(document.nodes).filter(({ type }) => type === 'field' || type === 'column' || type === 'form'),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the document only its fields matter here
  return useMemo(() => makePreview(document, { app, kinds, model }), [fields, app, kinds, model])
}

/** The same array while its members are the same. */
function useStable<T>(members: readonly T[]): readonly T[] {
  const kept = useRef(members)
  const same = kept.current.length === members.length && kept.current.every((member, at) => member === members[at])
  if (!same) kept.current = members
  return kept.current
}

interface Around extends Pick<Workspace, 'app' | 'kinds'> {
  /** What is published. */
  readonly model: Model
}

export function makePreview(document: FormDocument, { app, kinds, model: published }: Around): Preview {
  const form = toDefinition(document)
  const others = [...published.forms.values()].filter((one) => one.name !== form.name)
  const edited = { definition: form, lifecycle: published.forms.get(form.name)?.lifecycle }
  const forms = [...others, edited].map(({ definition, lifecycle }) => ({
    ...definition,
    ...(lifecycle ? { lifecycle } : {}),
  }))
  const readable = modelOfForms(forms, { kinds, revision: published.revision, views: [...published.views.values()] })
  const { model } = readable
  const linked = new LinkedRecords(
    model,
    async (target, id) => sampleRecord(model, target, id),
    () => undefined,
  )
  const { program } = readable.programOf(form.name)
  const store = new FormStore({
    program,
    values: sampleValues(model, form.name),
    around: surroundingsOf(app, model, linked),
    fresh: true,
    readonly: new Set(),
  })
  return { form, readable, store }
}

/** The layout with the ids of nodes: what the canvas finds its frames by. */
export function layoutWithNodes(document: FormDocument): Layout {
  const tabs = childrenOf(document, layoutId).map((tab) => ({
    ...tab.props,
    id: tab.id,
    sections: childrenOf(document, tab.id).map((section) => ({
      ...section.props,
      id: section.id,
      items: childrenOf(document, section.id).map((item) => ({ ...itemDefinition(document, item), id: item.id })),
    })),
  }))
  return { tabs } as unknown as Layout
}

function sampleRecord(model: Model, form: string, id: string): RecordAnswer {
  return { id, version: 1, title: null, ...sampleValues(model, form) }
}

function sampleValues(model: Model, form: string): JsonObject {
  const fields = [...(model.forms.get(form)?.fields.values() ?? [])].filter((field) => field.computed === null)
  return Object.fromEntries(
    fields.map((field) => [field.name, field.table ? sampleRows(model, field) : sampleValue(model, field)]),
  )
}

function sampleRows(model: Model, field: FieldModel): Json {
  const columns = [...(field.table?.fields.values() ?? [])].filter((column) => column.computed === null)
  const row = (id: string) => ({
    id,
    ...Object.fromEntries(columns.map((column) => [column.name, sampleValue(model, column)])),
  })
  return [row('sample-1'), row('sample-2')]
}

/** Links point at one sample record per form, called by the form's name. */
function sampleValue(model: Model, field: FieldModel): Json {
  const { type } = field
  if (type.is === 'record') return sampleLink(model, type.form)
  if (type.is === 'list' && type.of.is === 'record') return [sampleLink(model, type.of.form)]
  if (type.is === 'any_record') return type.forms[0] ? `${type.forms[0]}/${sampleLink(model, type.forms[0])}` : null
  const fallback = field.definition.default
  return isPlain(fallback) ? fallback : field.kind.sample(field.definition as FieldDefinition)
}

function isPlain(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function sampleLink(model: Model, form: string): string {
  const at = [...model.forms.keys()].indexOf(form) + 1
  const id = `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`
  const label = resolveText(model.forms.get(form)?.definition.label, locale.peek()) || form
  rememberTitle(id, `${label} A`)
  rememberTitle(`${form}/${id}`, `${label} A`)
  return id
}
