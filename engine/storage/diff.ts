/** What differs between two states of a record or row. */
import type { Json } from '#base/json.ts'
import type { Column } from './columns.ts'

type Read = (name: string) => Json | undefined

/** Names of the columns whose values differ. What `after` does not mention stays as it is. */
export function changedColumns(columns: readonly Column[], before: Read, after: Read): string[] {
  const isChanged = ({ name }: Column) => {
    const value = after(name)
    return value !== undefined && !isSameJson(before(name) ?? null, value)
  }
  return columns.filter(isChanged).map((column) => column.name)
}

/** Deep, with the order of keys ignored. */
export function isSameJson(left: Json, right: Json): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  const other = right as Readonly<Record<string, Json>>
  return keys.every(
    (key) => Object.hasOwn(other, key) && isSameJson((left as typeof other)[key] as Json, other[key] as Json),
  )
}
