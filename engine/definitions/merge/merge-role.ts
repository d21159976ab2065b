/** A role and its extensions → one role with all their grants. */
import type { RoleDefinition, RoleExtension } from '../definition.ts'
import type { MergePlace } from './merge-list.ts'

const addable: readonly string[] = ['kind', 'extends', 'grants', 'denies']

export function mergeRole(base: RoleDefinition, extension: RoleExtension, place: MergePlace): RoleDefinition {
  for (const key of Object.keys(extension).filter((key) => !addable.includes(key))) {
    place.issues.push({ pointer: `${place.pointer}/${key}`, code: 'extension-changes', params: { property: key } })
  }
  const denies = [...(base.denies ?? []), ...(extension.denies ?? [])]
  return { ...base, grants: [...base.grants, ...(extension.grants ?? [])], ...(denies.length > 0 ? { denies } : {}) }
}
