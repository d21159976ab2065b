/** A form and its extensions → one form. An extension adds; only the workspace's own may also replace. */
import type { FormDefinition, FormExtension } from '../definition.ts'
import { implicitLayout } from '../implicit-layout.ts'
import { mergeFields } from './merge-fields.ts'
import { mergeLayout } from './merge-layout.ts'
import { appendNamed, type MergePlace } from './merge-list.ts'
import { replaceParts } from './replace-parts.ts'

const addable: readonly string[] = ['kind', 'extends', 'fields', 'checks', 'unique', 'no_overlap', 'measures', 'layout']

export function mergeForm(base: FormDefinition, extension: FormExtension, place: MergePlace): FormDefinition {
  for (const key of Object.keys(extension).filter(
    (key) => !addable.includes(key) && !(key === 'replaces' && place.own),
  )) {
    place.issues.push({ pointer: `${place.pointer}/${key}`, code: 'extension-changes', params: { property: key } })
  }
  const at = (property: string) => ({ ...place, pointer: `${place.pointer}/${property}` })
  const added = extension.layout
    ? mergeLayout(base.layout ?? implicitLayout(base), extension.layout, at('layout'))
    : base.layout
  const merged = withoutAbsent({
    ...base,
    fields: mergeFields(base.fields, extension.fields ?? [], at('fields')),
    checks: appendNamed(base.checks, extension.checks, at('checks')),
    unique: extension.unique ? [...(base.unique ?? []), ...extension.unique] : base.unique,
    no_overlap: appendNamed(base.no_overlap, extension.no_overlap, at('no_overlap')),
    measures: appendNamed(base.measures, extension.measures, at('measures')),
    layout: added,
  })
  return extension.replaces && place.own ? replaceParts(merged, extension.replaces, at('replaces')) : merged
}

function withoutAbsent<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
