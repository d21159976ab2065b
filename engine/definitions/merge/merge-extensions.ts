/** All sources → one definition per kind and name, extensions merged into what they extend, in the order of the sources. */
import type { Issue } from '#base/problems.ts'
import type {
  Definition,
  FormDefinition,
  FormExtension,
  RoleDefinition,
  RoleExtension,
  SourcedDefinition,
} from '../definition.ts'
import type { PackOrder } from '../pack-order.ts'
import { systemPack } from '../system/forms.ts'
import { mergeForm } from './merge-form.ts'
import { mergeRole } from './merge-role.ts'

export interface Merged {
  readonly definitions: readonly Definition[]
  readonly issues: readonly Issue[]
}

type Extension = FormExtension | RoleExtension

export function mergeExtensions(sources: readonly SourcedDefinition[], order: Pick<PackOrder, 'reach'>): Merged {
  const merging: Merging = { whole: new Map(), owners: new Map(), issues: [], reach: order.reach }
  for (const source of sources.filter(({ definition }) => !isExtension(definition))) addBase(source, merging)
  for (const source of sources)
    if (isExtension(source.definition)) addExtension(source.definition, source.pack, merging)
  return { definitions: [...merging.whole.values()], issues: merging.issues }
}

interface Merging extends Pick<PackOrder, 'reach'> {
  readonly whole: Map<string, Definition>
  /** `form/order` → the pack that defines it. */
  readonly owners: Map<string, string | undefined>
  readonly issues: Issue[]
}

function isExtension(definition: Definition): definition is Extension {
  return 'extends' in definition && definition.extends !== undefined
}

function addBase({ definition, pack }: SourcedDefinition, merging: Merging): void {
  const key = `${definition.kind}/${definition.name}`
  if (merging.whole.has(key)) {
    const system = merging.owners.get(key) === systemPack
    merging.issues.push({
      pointer: `/${key}`,
      code: system ? 'system-name' : 'name-taken',
      params: { name: definition.name ?? '' },
    })
    return
  }
  if ('replaces' in definition)
    merging.issues.push({ pointer: `/${key}/replaces`, code: 'only-in-extension', params: { property: 'replaces' } })
  merging.whole.set(key, definition)
  merging.owners.set(key, pack)
}

function addExtension(extension: Extension, pack: string | undefined, merging: Merging): void {
  const key = `${extension.kind}/${extension.extends}`
  const base = merging.whole.get(key)
  const place = { pointer: `/${key}`, issues: merging.issues, own: pack === undefined }
  if (!base) {
    merging.issues.push({ pointer: `/${key}`, code: 'extends-missing', params: { name: extension.extends } })
    return
  }
  checkRequired(key, pack, merging)
  const merged =
    extension.kind === 'form'
      ? mergeForm(base as FormDefinition, extension, place)
      : mergeRole(base as RoleDefinition, extension, place)
  merging.whole.set(key, merged)
}

/** A pack may extend only what a pack that it requires, or the engine, defines. */
function checkRequired(key: string, pack: string | undefined, merging: Merging): void {
  const owner = merging.owners.get(key)
  if (pack === undefined || owner === systemPack || owner === pack) return
  if (owner !== undefined && (merging.reach.get(pack)?.has(owner) ?? !merging.reach.has(pack))) return
  merging.issues.push({ pointer: `/${key}`, code: 'extends-not-required', params: { pack, owner: owner ?? '' } })
}
