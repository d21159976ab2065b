/** JSON with one written form: keys sorted, no space. The same value has the same text and so the same hash. */
import { isObject, type Json } from '#base/json.ts'

export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.keys(value)
    .sort()
    .filter((key) => value[key] !== undefined)
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`).join(',')}}`
}
