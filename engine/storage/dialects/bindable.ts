/** Values as the driver of SQLite takes them. */

/** It binds no booleans, and whole numbers beyond 32 bits as floats. */
export function bindable(value: unknown): unknown {
  if (typeof value === 'string' || value === null) return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' && (value | 0) !== value && Number.isSafeInteger(value)) return BigInt(value)
  return value === undefined ? null : value
}
