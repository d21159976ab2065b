/** Equality of JSON data. */
import type { Json, JsonObject } from '#base/json.ts'

/** Equal as JSON data; the order of keys does not count, a missing key counts as null. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index] as Json))
    )
  }
  const [left, right] = [a as JsonObject, b as JsonObject]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    sameJson(left[key] ?? null, right[key] ?? null),
  )
}
