/** Cursors are opaque to callers: the keyset of the last row, base64url. Junk is a malformed query. */
import { Buffer } from 'node:buffer'
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'

export function encodeCursor(keys: readonly Json[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** `keys` is the number of sort keys; the id comes last. */
export function decodeCursor(cursor: string, keys: number): readonly Json[] {
  const value = readCursor(cursor)
  if (value.length !== keys + 1) throw malformedCursor()
  return value
}

/** The values of a cursor, however many. */
export function readCursor(cursor: string): readonly Json[] {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw malformedCursor()
    throw error
  }
  const scalar = (each: unknown) => each === null || ['string', 'number', 'boolean'].includes(typeof each)
  if (!Array.isArray(value) || !value.every(scalar)) throw malformedCursor()
  return value as Json[]
}

export function malformedCursor(): Refusal {
  return new Refusal('query-invalid', { issues: [{ pointer: '/cursor', code: 'malformed-cursor' }] })
}
