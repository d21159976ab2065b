/** Numbers for sequence fields: gapless under a lock, or in blocks without contention. */
import type { Connection } from './connection.ts'

export interface SequenceKey {
  readonly form: string
  readonly field: string
  /** Values of the scope fields, joined; '' without a scope. */
  readonly scope: string
  /** `2026`, `2026-11`, `2026-11-22`; '' when it never starts over. */
  readonly period: string
  readonly gapless: boolean
}
/** The next number, from 1. */
export declare function nextNumber(db: Connection, key: SequenceKey): Promise<number>
