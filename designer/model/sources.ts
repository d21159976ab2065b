/** A published form as the server gives it: merged, with the definitions that made it. */
import type { FormDefinition, FormExtension, SourcedDefinition } from '#definitions/definition.ts'
import { mergeExtensions } from '#definitions/merge/merge-extensions.ts'
import type { Model } from '#definitions/model.ts'
import type { Owner } from './document.ts'
import type { Provenance } from './from-definition.ts'

export interface PublishedForm {
  readonly revision: number
  /** All of it together: what the designer edits. */
  readonly merged: FormDefinition
  /** What packs (and the engine) give without the workspace; null for a form of the workspace. */
  readonly packs: FormDefinition | null
  /** What the workspace added before. */
  readonly extension: FormExtension | null
}

/** A form out of what is published; undefined where there is none of the name. */
export function publishedIn(model: Model, name: string): PublishedForm | undefined {
  const form = model.forms.get(name)
  const sources = model.sources.filter(
    ({ definition }) =>
      definition.kind === 'form' &&
      (definition.name === name || ('extends' in definition && definition.extends === name)),
  )
  return (
    form &&
    publishedForm({ revision: model.revision, definition: form.definition, sources: sources as FormSources['sources'] })
  )
}

export interface FormSources {
  readonly revision: number
  readonly definition: FormDefinition
  /** In merge order; without a pack it is the workspace's. */
  readonly sources: readonly { readonly definition: FormDefinition | FormExtension; readonly pack?: string }[]
}

export function publishedForm({ revision, definition, sources }: FormSources): PublishedForm {
  const isOwn = (source: FormSources['sources'][number]) => source.pack === undefined
  const foreign = sources.filter((source) => !isOwn(source))
  const extension = sources.find((source) => isOwn(source) && 'extends' in source.definition)?.definition as
    | FormExtension
    | undefined
  const own = sources.some((source) => isOwn(source) && !('extends' in source.definition))
  return { revision, merged: definition, packs: own ? null : mergedPacks(foreign), extension: extension ?? null }
}

/** Who published which field: what is in the packs is theirs, the rest the workspace's. */
export function provenanceOf({ merged, packs }: Pick<PublishedForm, 'merged' | 'packs'>): Provenance {
  const theirs = packs ? pathsOf(packs) : new Set<string>()
  const all = pathsOf(merged)
  const owner = (path: string): Owner | null => (theirs.has(path) ? 'pack' : all.has(path) ? 'workspace' : null)
  return { packed: packs !== null, owner }
}

/** `number`, `lines`, `lines/price`. */
function pathsOf(form: FormDefinition): ReadonlySet<string> {
  return new Set(
    form.fields.flatMap((field) => [
      field.name,
      ...(field.fields ?? []).map((column) => `${field.name}/${column.name}`),
    ]),
  )
}

function mergedPacks(sources: FormSources['sources']): FormDefinition {
  const given = sources.map(({ definition, pack }): SourcedDefinition => ({ definition, ...(pack ? { pack } : {}) }))
  const merged = mergeExtensions(given, { reach: new Map() }).definitions
  return merged.find(
    (one): one is FormDefinition => one.kind === 'form' && 'fields' in one && one.name !== undefined,
  ) as FormDefinition
}
