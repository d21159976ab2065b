/** What members of lists are called, so that the versions of a list can be laid side by side. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'

type Lists = readonly [readonly Json[], readonly Json[], readonly Json[]]
type Keyed = readonly [ReadonlyMap<string, Json>, ReadonlyMap<string, Json>, ReadonlyMap<string, Json>]

/** Each list by the keys of its members; null where some member has no key, or two the same: such a list is one value. */
export function memberKeys(lists: Lists): Keyed | null {
  const keyed = lists.map(keyedList)
  return keyed.every((list) => list !== null) ? (keyed as unknown as Keyed) : null
}

function keyedList(list: readonly Json[]): ReadonlyMap<string, Json> | null {
  const keyed = new Map<string, Json>()
  for (const item of list) {
    const key = keyOf(item)
    if (key === null || keyed.has(key)) return null
    keyed.set(key, item)
  }
  return keyed
}

/** Texts and numbers are their own keys; an object goes by its name or id, or by what it shows. */
function keyOf(item: Json): string | null {
  if (typeof item === 'string' || typeof item === 'number') return String(item)
  if (!isObject(item)) return null
  const named = firstText(item, ['name', 'id', 'value', 'field'])
  return named ?? shownBy(item)
}

/** Panels, items of menus, grants. */
function shownBy(item: JsonObject): string | null {
  const parts = ['panel', 'view', 'dashboard', 'report', 'form', 'link'].flatMap((key) =>
    typeof item[key] === 'string' ? [String(item[key])] : [],
  )
  return parts.length > 0 ? parts.join(' ') : null
}

function firstText(item: JsonObject, keys: readonly string[]): string | null {
  const found = keys.map((key) => item[key]).find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : null
}
