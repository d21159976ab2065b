/** The palette: kinds in groups, found by what they are called in either language, the last used first. */
import { resolveText } from '#base/text.ts'
import type { FieldKind, FieldKinds } from '#definitions/field-kind.ts'
import { keepChoice, readChoice } from '#ui/shell/preferences.ts'

export type Group = FieldKind['group']

const order: readonly Group[] = ['text', 'number', 'time', 'choice', 'people', 'record', 'file', 'other']
const recentKey = 'formloom.designer.recent'
const recentCount = 4

export interface PaletteGroup {
  readonly group: Group
  readonly kinds: readonly FieldKind[]
}

/** Groups with a kind that matches; all without a query. */
export function paletteGroups(kinds: FieldKinds, query: string): readonly PaletteGroup[] {
  const found = [...kinds.values()].filter((kind) => matches(kind, query))
  return order
    .map((group) => ({ group, kinds: found.filter((kind) => kind.group === group) }))
    .filter((one) => one.kinds.length > 0)
}

export function matches(kind: FieldKind, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  const names = [kind.name, resolveText(kind.label, 'en'), resolveText(kind.label, 'zh-CN')]
  return wanted === '' || names.some((name) => name.toLowerCase().includes(wanted))
}

export function recentKinds(kinds: FieldKinds): readonly FieldKind[] {
  return (readChoice(recentKey) ?? '').split(' ').flatMap((name) => kinds.get(name) ?? [])
}

export function noteRecent(kind: string): void {
  const others = (readChoice(recentKey) ?? '').split(' ').filter((name) => name !== '' && name !== kind)
  keepChoice(recentKey, [kind, ...others].slice(0, recentCount).join(' '))
}
