/** The order in which definitions are merged: the engine's own, packs after what they require, then the workspace. */
import type { Issue } from '#base/problems.ts'
import { hashDefinition } from './canonical.ts'
import type { PackDefinition, SourcedDefinition } from './definition.ts'
import { systemPack } from './system/forms.ts'

export interface PackOrder {
  /** Pack names, each after all that it requires. */
  readonly order: readonly string[]
  /** Pack → everything that it requires, over any number of steps. */
  readonly reach: ReadonlyMap<string, ReadonlySet<string>>
  readonly issues: readonly Issue[]
}

/** Sorts packs by `requires`, independent ones by name; a circle is an issue with its path. */
export function packOrder(packs: readonly PackDefinition[]): PackOrder {
  const walk: Walk = {
    byName: new Map(packs.map((pack) => [pack.name, pack])),
    order: [],
    reach: new Map(),
    issues: [],
  }
  for (const name of [...walk.byName.keys()].sort()) visit(name, [], walk)
  return walk
}

interface Walk {
  readonly byName: ReadonlyMap<string, PackDefinition>
  readonly order: string[]
  readonly reach: Map<string, Set<string>>
  readonly issues: Issue[]
}

function visit(name: string, path: readonly string[], walk: Walk): ReadonlySet<string> {
  const known = walk.reach.get(name)
  if (known) return known
  if (path.includes(name)) {
    walk.issues.push({
      pointer: `/pack/${name}/requires`,
      code: 'pack-cycle',
      params: { path: [...path.slice(path.indexOf(name)), name].join(' → ') },
    })
    return new Set()
  }
  const reach = new Set<string>()
  for (const required of Object.keys(walk.byName.get(name)?.requires ?? {}).sort()) {
    reach.add(required)
    for (const further of visit(required, [...path, name], walk)) reach.add(further)
  }
  walk.reach.set(name, reach)
  if (walk.byName.has(name)) walk.order.push(name)
  return reach
}

/** Definitions by the order of their packs, then by kind and name: the order in which they are given never matters. */
export function inPackOrder(
  sources: readonly SourcedDefinition[],
  order: readonly string[],
): readonly SourcedDefinition[] {
  const keyed = sources.map((source) => ({ source, rank: rankOf(source.pack, order), key: keyOf(source) }))
  return keyed
    .sort((left, right) => left.rank - right.rank || (left.key < right.key ? -1 : 1))
    .map(({ source }) => source)
}

function rankOf(pack: string | undefined, order: readonly string[]): number {
  if (pack === systemPack) return -1
  if (pack === undefined) return order.length + 1
  return order.includes(pack) ? order.indexOf(pack) : order.length
}

function keyOf({ definition }: SourcedDefinition): string {
  const name = definition.name ?? ('extends' in definition ? definition.extends : '')
  return `${definition.kind}/${name}/${hashDefinition(definition)}`
}
