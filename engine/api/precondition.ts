/** The version that the caller has read: `If-Match: "3"`. */
import { Refusal } from '#base/problems.ts'
import type { Call } from './call.ts'

/** Refusals: `precondition-missing`, `request-invalid`. */
export function requireVersion(call: Call): number {
  const header = call.header('if-match')
  if (header === null) throw new Refusal('precondition-missing')
  const version = /^"([1-9]\d{0,14})"$/.exec(header.trim())?.[1]
  if (version === undefined)
    throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'malformed-version' }] })
  return Number(version)
}

export function etagOf(version: unknown): string {
  return `"${String(version)}"`
}

/** Does the caller already hold this very answer? */
export function isHeld(call: Call, etag: string): boolean {
  return (call.header('if-none-match') ?? '').split(',').some((held) => held.trim().replace(/^W\//, '') === etag)
}
