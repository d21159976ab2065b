/** Packs: what they require is there in a fitting version; their menus open what exists. */
import type { Issue } from '#base/problems.ts'
import type { MenuGroup, PackDefinition } from '../definition.ts'
import type { Model } from '../model.ts'
import { type Check, error, mustExist } from './checking.ts'

export const checkPacks: Check = ({ model }) =>
  [...model.packs.values()].flatMap((pack) => [
    ...requireIssues(model, pack),
    ...(pack.menu ?? []).flatMap((group) => groupIssues(model, group, `/pack/${pack.name}/menu/${group.id}/items`)),
  ])

function requireIssues(model: Model, pack: PackDefinition): readonly Issue[] {
  return Object.entries(pack.requires ?? {}).flatMap(([name, range]) => {
    const pointer = `/pack/${pack.name}/requires/${name}`
    const found = model.packs.get(name)
    if (!found) return [error(pointer, 'pack-missing', { name, range })]
    return versionFits(found.version, range)
      ? []
      : [error(pointer, 'pack-version', { name, range, found: found.version })]
  })
}

/** `^1.2.0`: the same major (below 1.0 the same minor) and not older; `~1.2.0`: the same minor; without a sign exactly. */
export function versionFits(version: string, range: string): boolean {
  const have = numbersOf(version)
  const want = numbersOf(range.replace(/^[\^~]/, ''))
  const fixed = range.startsWith('^') ? (want[0] === 0 ? 2 : 1) : range.startsWith('~') ? 2 : 3
  return want.slice(0, fixed).every((part, at) => part === have[at]) && compare(have, want) >= 0
}

/** Below zero: the left is older. */
export function compareVersions(left: string, right: string): number {
  return compare(numbersOf(left), numbersOf(right))
}

function numbersOf(version: string): readonly number[] {
  return version.split('.').map(Number)
}

function compare(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((part, index) => part !== right[index])
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0)
}

function groupIssues(model: Model, group: MenuGroup, pointer: string): readonly Issue[] {
  return group.items.flatMap((item, index) => {
    const at = `${pointer}/${index}`
    const opened = [item.view, item.form, item.report, item.dashboard].filter((name) => name !== undefined)
    if (opened.length !== 1) return [error(at, 'exactly-one', { of: 'view, form, report, dashboard' })]
    return [
      ...mustExist(item.view, model.views, { pointer: `${at}/view`, code: 'unknown-view' }),
      ...mustExist(item.form, model.forms, { pointer: `${at}/form`, code: 'unknown-form' }),
      ...mustExist(item.report, model.reports, { pointer: `${at}/report`, code: 'unknown-report' }),
      ...mustExist(item.dashboard, model.dashboards, { pointer: `${at}/dashboard`, code: 'unknown-dashboard' }),
    ]
  })
}
