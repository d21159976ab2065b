/** A POST with an Idempotency-Key has one effect: the key, the effect and the recorded answer are one transaction. */
import { createHash } from 'node:crypto'
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { RecordContext } from '#records/context.ts'
import type { Connection } from '#storage/connection.ts'
import { beginIdempotent, finishIdempotent, type IdempotencyKey } from '#storage/idempotency.ts'
import type { Answer, Call } from './call.ts'

/** A piece of a request that is answered in several transactions: each is recorded for itself, so that a repetition goes on where the first ended. */
export interface Piece {
  readonly number: number
  readonly records: RecordContext
}

/** Runs `work` in one transaction when a key is given, else as it comes. Refusals: `key-reused`, `in-progress`, `request-invalid`. */
export function once(call: Call, work: (context: RecordContext) => Promise<Answer>, piece?: Piece): Promise<Answer> {
  const given = call.header('idempotency-key')
  const records = piece?.records ?? call.records
  if (given === null) return work(records)
  const whole = keyOf(call, given)
  // No key that is sent holds a space: pieces never meet one.
  const key = piece ? { ...whole, key: `${whole.key} ${piece.number}` } : whole
  return records.db.write(async (db) => {
    const recorded = await beginIdempotent(db, key, records.clock.now())
    if (recorded) return recorded.answer as unknown as Answer
    const answer = await work(within(records, db))
    await finishIdempotent(db, key, { status: answer.status, answer: answer as unknown as Json })
    return answer
  })
}

function keyOf(call: Call, key: string): IdempotencyKey {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'malformed-key' }] })
  const bodyHash = createHash('sha256')
    .update(JSON.stringify(sorted(call.body)))
    .digest('base64url')
  return {
    principal: [call.actor.id ?? '', call.actor.key ?? []].flat().join(' '),
    route: `POST ${call.path}`,
    key,
    bodyHash,
  }
}

/** The same body in another order of names is the same body. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  )
}

/** The context with every read and write inside the one transaction. */
function within(context: RecordContext, db: Connection): RecordContext {
  const database = context.db
  return {
    ...context,
    renew: undefined,
    db: {
      dialect: database.dialect,
      feed: database.feed,
      read: (work) => work(db),
      readLong: (work) => work(db),
      single: (work) => work(db),
      write: (work) => work(db),
      identityStamp: () => null,
      writing: database.writing,
      load: () => database.load(),
      verifySettings: () => database.verifySettings(),
      close: () => database.close(),
    },
  }
}
