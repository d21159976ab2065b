/** Idempotency keys, kept in the transaction of their effect: key and effect stand or fall together. */
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { Connection } from './connection.ts'
import { tryLockFor } from './locks.ts'

export interface IdempotencyKey {
  readonly principal: string
  readonly route: string
  /** At most 255 characters. */
  readonly key: string
  readonly bodyHash: string
}

export interface RecordedAnswer {
  readonly status: number
  readonly answer: Json
}

/** A day is promised; the second one is for a clock that jumps ahead by a day. */
const keptMs = 2 * 24 * 60 * 60 * 1000

/**
 * null: go on, and `finishIdempotent` in the same transaction; else the answer to repeat. `now` in milliseconds.
 * Refusals: `key-reused` for another body, `in-progress` while another transaction works on the same key.
 */
export async function beginIdempotent(
  db: Connection,
  key: IdempotencyKey,
  now: number,
): Promise<RecordedAnswer | null> {
  if (!(await tryLockFor(db, `idempotency ${key.principal} ${key.route} ${key.key}`)))
    throw new Refusal('in-progress', { params: { retry_after: 1 } })
  const found = await find(db, key)
  if (found !== undefined && Number(found['created_at']) > now - keptMs) return replay(found, key)
  if (found !== undefined) await matching(db, key).execute()
  const { principal, route, key: name, bodyHash } = key
  await db
    .insertInto('fl_idempotency')
    .values({ principal, route, key: name, body_hash: bodyHash, created_at: now })
    .execute()
  return null
}

/** Records the answer. */
export async function finishIdempotent(db: Connection, key: IdempotencyKey, recorded: RecordedAnswer): Promise<void> {
  await db
    .updateTable('fl_idempotency')
    .set({ status: recorded.status, answer: JSON.stringify(recorded.answer) })
    .where('principal', '=', key.principal)
    .where('route', '=', key.route)
    .where('key', '=', key.key)
    .execute()
}

/** Removes keys older than two days. */
export async function forgetIdempotent(db: Connection, now: number): Promise<void> {
  await db
    .deleteFrom('fl_idempotency')
    .where('created_at', '<=', now - keptMs)
    .execute()
}

function replay(found: Readonly<Record<string, unknown>>, key: IdempotencyKey): RecordedAnswer {
  if (found['body_hash'] !== key.bodyHash) throw new Refusal('key-reused')
  if (found['status'] === null) throw new Refusal('in-progress', { params: { retry_after: 1 } })
  return { status: Number(found['status']), answer: JSON.parse(String(found['answer'])) as Json }
}

function find(db: Connection, { principal, route, key }: IdempotencyKey) {
  return db
    .selectFrom('fl_idempotency')
    .select(['body_hash', 'status', 'answer', 'created_at'])
    .where('principal', '=', principal)
    .where('route', '=', route)
    .where('key', '=', key)
    .executeTakeFirst()
}

function matching(db: Connection, { principal, route, key }: IdempotencyKey) {
  return db
    .deleteFrom('fl_idempotency')
    .where('principal', '=', principal)
    .where('route', '=', route)
    .where('key', '=', key)
}
