/** The hashes of a change: over the stored text of every column, so that no byte can change unseen. */
import { hash } from 'node:crypto'
import type { ResultRow } from './prepared.ts'

/** What is under the hash of a change, in this order. */
export const hashedColumns = [
  'form',
  'record',
  'version',
  'actor',
  'on_behalf',
  'cause',
  'at',
  'patch',
  'prev_hash',
] as const

export function hashOf(values: readonly unknown[]): string {
  return hash('sha256', textOf(values))
}

export function textOf(values: readonly unknown[]): string {
  return JSON.stringify(values.map((value) => (value === null ? null : String(value))))
}

/** Of the row as it is stored. */
export function hashOfRow(row: ResultRow): string {
  return hashOf(hashedColumns.map((name) => row[name]))
}

/** Of a row whose values were erased: the hash that its successor is chained to is under it, too. */
export function hashOfRedacted(row: ResultRow): string {
  return hashOf([...hashedColumns.map((name) => row[name]), row['hash'], row['redacted']])
}
