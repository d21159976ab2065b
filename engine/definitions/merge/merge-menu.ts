/** The menus of all packs → one: groups merge by id, in pack order; the first pack names the group and says where it stands. */
import type { MenuGroup, PackDefinition } from '../definition.ts'

export function mergeMenu(packs: readonly PackDefinition[]): readonly MenuGroup[] {
  const groups = new Map<string, MenuGroup>()
  for (const group of packs.flatMap((pack) => pack.menu ?? [])) {
    const first = groups.get(group.id)
    groups.set(group.id, first ? { ...group, ...first, items: [...first.items, ...group.items] } : group)
  }
  return placed([...groups.values()])
}

/** Each group behind the one that it follows; those for the end last. Otherwise the order stays. */
function placed(groups: readonly MenuGroup[]): readonly MenuGroup[] {
  const free = groups.filter((group) => !follows(group, groups))
  const ordered = free.flatMap((group) => [group, ...followersOf(group, groups)])
  const circling = groups.filter((group) => !ordered.includes(group))
  return [...ordered, ...circling].sort((left, right) => Number(left.place === 'end') - Number(right.place === 'end'))
}

function follows(group: MenuGroup, groups: readonly MenuGroup[]): boolean {
  return groups.some((other) => other !== group && other.id === group.after)
}

function followersOf(group: MenuGroup, groups: readonly MenuGroup[]): readonly MenuGroup[] {
  return groups
    .filter((other) => other !== group && other.after === group.id)
    .flatMap((other) => [other, ...followersOf(other, groups)])
}
