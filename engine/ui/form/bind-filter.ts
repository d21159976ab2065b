/** The filter of a link with the record's own values put in, so that the server can list the candidates. */
import { isObject, type Json } from '#base/json.ts'

/** Reads `customer` or `$parent.customer` (after `$record.`) as a wire value. */
export type ReadPath = (path: readonly string[]) => Json

export function bindFilter(filter: Json, read: ReadPath): Json {
  if (Array.isArray(filter)) return filter.map((part: Json) => bindFilter(part, read))
  if (!isObject(filter)) return filter
  const name = filter['var']
  if (typeof name === 'string' && name.startsWith('$record.')) return read(name.slice('$record.'.length).split('.'))
  return Object.fromEntries(Object.entries(filter).map(([key, part]) => [key, bindFilter(part, read)]))
}
