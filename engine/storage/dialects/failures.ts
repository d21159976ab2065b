/** What the drivers throw, told apart: try again, come back later, or a broken promise of ours. */
import { Refusal } from '#base/problems.ts'

/** Unique index that a write ran into: SQLite names columns, PostgreSQL the index. */
export interface UniqueViolation {
  readonly table?: string
  readonly columns?: readonly string[]
  readonly index?: string
}

const retryable = new Set(['40001', '40P01'])
const stalePlan = '0A000'
const postgresAway = /^(08|53|57P0|58)/
const postgresReadOnly = '25006'
/** Disk full, and a server that only reads. */
const outOfRoom = new Set(['53100', postgresReadOnly, 'ENOSPC', 'EDQUOT', 'EROFS'])
const sqliteOutOfRoom = /^SQLITE_(FULL|READONLY|IOERR)/
const lockTimeout = '55P03'
const statementTimeout = '57014'
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])
/** A trigger refuses only in a file whose workspace has moved to another database. */
const sqliteAway = /^SQLITE_(CONSTRAINT_TRIGGER|BUSY|FULL|IOERR|READONLY|CANTOPEN|LOCKED|NOMEM)/
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i

/** A deadlock or serialisation failure: the same work may succeed when run again. */
export function isRetryable(error: unknown): boolean {
  return retryable.has(codeOf(error)) || isStalePlan(error)
}

/** No write succeeds until somebody makes room. */
export function isOutOfRoom(error: unknown): boolean {
  const code = codeOf(error)
  return outOfRoom.has(code) || sqliteOutOfRoom.test(code)
}

/** A prepared statement whose columns have changed their types since. */
export function isStalePlan(error: unknown): boolean {
  return codeOf(error) === stalePlan && /cached plan/.test(messageOf(error))
}

/** The Refusal that callers know, or the error itself when it is a fault of ours. */
export function translateFailure(error: unknown): unknown {
  const code = codeOf(error)
  if (isAway(code, messageOf(error))) return new Refusal('unavailable', { params: { retry_after: 2 } })
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || code === '23503') return new Refusal('still-linked')
  if (unwritable.has(code)) return new Refusal('request-invalid', { detail: nulCharacter })
  if (code === statementTimeout) return new Refusal('query-too-long')
  if (code === '54000') return new Refusal('too-large', { detail: indexedTextTooLong })
  return error
}

export function uniqueViolationOf(error: unknown): UniqueViolation | null {
  const code = codeOf(error)
  if (code === '23505') return { index: (error as { constraint?: string }).constraint ?? '' }
  if (code !== 'SQLITE_CONSTRAINT_UNIQUE') return null
  const parts = messageOf(error)
    .replace('UNIQUE constraint failed: ', '')
    .split(', ')
    .map((part) => part.split('.'))
  return { table: parts[0]?.[0] ?? '', columns: parts.map((part) => part[1] ?? '') }
}

/** PostgreSQL has no NUL character in text or JSON. */
const unwritable = new Set(['22021', '22P05'])
const nulCharacter = { en: 'A text holds the character NUL.', 'zh-CN': '文本中含有空字符（NUL）。' }

const indexedTextTooLong = {
  en: 'The text of a field that lists sort by or that must be unique is too long for its index.',
  'zh-CN': '用于排序或要求唯一的字段内容过长，超出索引限制。',
}

function isAway(code: string, message: string): boolean {
  if (sqliteAway.test(code) || networkCodes.has(code) || code === lockTimeout || code === postgresReadOnly) return true
  return (/^[0-9A-Z]{5}$/.test(code) && postgresAway.test(code)) || lostConnection.test(message)
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : ''
  return typeof code === 'string' ? code : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
