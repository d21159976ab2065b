/**
 * Three-way merge of definitions, property by property: what one side changed is taken, what both changed differently is a conflict.
 * Members of lists are found by name, never by position.
 */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { isExpressionPlace, sameJson } from '../diff/diff-definitions.ts'
import { memberKeys } from './member-keys.ts'

export type Side = 'mine' | 'theirs'

/** One place that both sides changed, or that one changed and the other removed. Absent: not there. */
export interface MergeConflict {
  /** Members of lists by name: `/form/order/fields/total/formula`. */
  readonly pointer: string
  readonly base?: Json
  readonly mine?: Json
  readonly theirs?: Json
  /** As it was decided; null: nobody has. */
  readonly taken: Side | null
}

/** undefined: not there. */
export interface Three {
  readonly base: Json | undefined
  readonly mine: Json | undefined
  readonly theirs: Json | undefined
}

export interface Merging {
  readonly pointer: string
  /** Who wins at this place; null leaves it open, and mine stands for now. */
  decide(pointer: string): Side | null
  readonly conflicts: MergeConflict[]
}

/** Laws: one side unchanged → the other; both alike → that. What is undecided is in `conflicts`. */
export function mergeThree(three: Three, merging: Merging): Json | undefined {
  const { base, mine, theirs } = three
  if (same(mine, theirs) || same(base, theirs)) return mine
  if (same(base, mine)) return theirs
  if (!isWhole(merging.pointer)) {
    if (isObject(mine) && isObject(theirs)) return mergeObjects(three, { mine, theirs }, merging)
    if (Array.isArray(mine) && Array.isArray(theirs)) {
      const lists = [Array.isArray(base) ? base : [], mine, theirs] as const
      const keys = memberKeys(lists)
      if (keys) return mergeLists(keys, merging)
    }
  }
  return conflicting(three, merging)
}

function mergeObjects({ base }: Three, sides: { mine: JsonObject; theirs: JsonObject }, merging: Merging): JsonObject {
  const { mine, theirs } = sides
  const from = isObject(base) ? base : {}
  const keys = [...Object.keys(mine), ...Object.keys(theirs).filter((key) => !Object.hasOwn(mine, key))]
  const gone = Object.keys(from).filter((key) => !keys.includes(key))
  return Object.fromEntries(
    [...keys, ...gone].flatMap((key): readonly (readonly [string, Json])[] => {
      const three = { base: own(from, key), mine: own(mine, key), theirs: own(theirs, key) }
      const value = mergeThree(three, at(merging, key))
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

type Keyed = readonly [base: Members, mine: Members, theirs: Members]
type Members = ReadonlyMap<string, Json>

function mergeLists([base, mine, theirs]: Keyed, merging: Merging): Json {
  const merged = new Map<string, Json>()
  for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
    const value = mergeThree({ base: base.get(key), mine: mine.get(key), theirs: theirs.get(key) }, at(merging, key))
    if (value !== undefined) merged.set(key, value)
  }
  const order = mergeOrder([base, mine, theirs], merging)
  return order.filter((key) => merged.has(key)).map((key) => merged.get(key) as Json)
}

/** The side that moved members says where they stand; additions of the other follow the member that they followed there. */
function mergeOrder([base, mine, theirs]: Keyed, merging: Merging): readonly string[] {
  const moved = (side: Members) => !same(kept(base, side), kept(side, base))
  const mineFirst = moved(mine) || !moved(theirs)
  if (moved(mine) && moved(theirs) && !same(kept(mine, theirs), kept(theirs, mine))) {
    const orders = { base: [...base.keys()], mine: [...mine.keys()], theirs: [...theirs.keys()] }
    const chosen = conflicting(orders, at(merging, 'order'))
    return chosen === orders.theirs ? joined(theirs, mine) : joined(mine, theirs)
  }
  return mineFirst ? joined(mine, theirs) : joined(theirs, mine)
}

function kept(of: Members, other: Members): readonly string[] {
  return [...of.keys()].filter((key) => other.has(key))
}

function joined(leading: Members, other: Members): readonly string[] {
  const order = [...leading.keys()]
  let before: string | undefined
  for (const key of other.keys()) {
    if (!order.includes(key)) order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key)
    before = key
  }
  return order
}

function conflicting(three: Three, merging: Merging): Json | undefined {
  const taken = merging.decide(merging.pointer)
  merging.conflicts.push({
    pointer: merging.pointer,
    ...Object.fromEntries(Object.entries(three).filter(([, value]) => value !== undefined)),
    taken,
  })
  return taken === 'theirs' ? three.theirs : three.mine
}

/** Two halves of these make no sense together. */
function isWhole(pointer: string): boolean {
  return isExpressionPlace(pointer) || /\/(rollup|locked_when|assert)$/.test(pointer)
}

function at(merging: Merging, key: string): Merging {
  return { ...merging, pointer: `${merging.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` }
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function same(left: Json | undefined, right: Json | undefined): boolean {
  return left === undefined || right === undefined ? left === right : sameJson(left, right)
}
