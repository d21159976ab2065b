/** Merging of arrays whose members have names: an extension adds, never replaces. */
import type { Issue } from '#base/problems.ts'

/** Where a merge stands: the pointer of the issues, and who collects them. */
export interface MergePlace {
  /** `/form/order` and further, by name. */
  readonly pointer: string
  readonly issues: Issue[]
  /** The extension is the workspace's own, not a pack's. */
  readonly own?: boolean
}

/** Appends; a name that is there already is an issue. */
export function appendNamed<T extends { readonly name: string }>(
  base: readonly T[] | undefined,
  added: readonly T[] | undefined,
  place: MergePlace,
): readonly T[] | undefined {
  if (!added) return base
  const merged = [...(base ?? [])]
  for (const item of added) {
    if (merged.some((other) => other.name === item.name))
      place.issues.push({ pointer: `${place.pointer}/${item.name}`, code: 'name-taken', params: { name: item.name } })
    else merged.push(item)
  }
  return merged
}

/** Puts the items behind the one that `isAnchor` names; undefined when there is none. */
export function insertAfter<T>(list: readonly T[], item: T, isAnchor: (other: T) => boolean): readonly T[] | undefined {
  const at = list.findIndex(isAnchor)
  return at < 0 ? undefined : [...list.slice(0, at + 1), item, ...list.slice(at + 1)]
}
