/** Cursors are opaque to callers: the keyset of the last row, base64url. Junk is a malformed query. */
import { Buffer } from 'node:buffer'
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'

export function encodeCursor(keys: readonly Json[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** `keys` is the number of sort keys; the id comes last. */
export function decodeCursor(cursor: string, keys: number): readonly Json[] {
  const malformed = new Refusal('query-invalid', { issues: [{ pointer: '/cursor', code: 'malformed-cursor' }] })
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw malformed
    throw error
  }
  const scalar = (each: unknown) => each === null || ['string', 'number', 'boolean'].includes(typeof each)
  if (!Array.isArray(value) || value.length !== keys + 1 || !value.every(scalar)) throw malformed
  return value as Json[]
}
