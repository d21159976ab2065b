/** The menus of all packs → one: groups merge by id, in pack order; the first pack names the group. */
import type { MenuGroup, PackDefinition } from '../definition.ts'

export function mergeMenu(packs: readonly PackDefinition[]): readonly MenuGroup[] {
  const groups = new Map<string, MenuGroup>()
  for (const group of packs.flatMap((pack) => pack.menu ?? [])) {
    const first = groups.get(group.id)
    groups.set(group.id, first ? { ...group, ...first, items: [...first.items, ...group.items] } : group)
  }
  return [...groups.values()]
}
