/** JSON Pointer (RFC 6901): the way every issue names its place. */
import { isObject, type Json } from './json.ts'

/** The pointer of the segments: `jsonPointer('lines', 0, 'price')` = `/lines/0/price`. */
export function jsonPointer(...segments: readonly (string | number)[]): string {
  return segments.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The segments of a pointer; the inverse of `jsonPointer`. */
export function pointerSegments(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at the pointer; undefined where there is none. Own properties only. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document
  for (const segment of pointerSegments(pointer)) {
    if (Array.isArray(value))
      value = /^(0|[1-9][0-9]*)$/.test(segment) ? (value as readonly Json[])[Number(segment)] : undefined
    else if (isObject(value) && Object.hasOwn(value, segment)) value = value[segment]
    else return undefined
  }
  return value
}
