/** JSON as data: the shapes that cross every layer. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** True for a plain JSON object (not null, not an array). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object without a prototype, so that no key reaches one. */
export function bareObject<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const bare: Record<string, T> = Object.create(null)
  for (const [key, value] of entries) bare[key] = value
  return bare
}
