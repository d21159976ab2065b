/** Idempotency keys, in the transaction of their effect. */
import type { Json } from '#base/json.ts'
import type { Connection } from './connection.ts'

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
/** null: go on, and `finish` in the same transaction; else the answer to repeat. Refusals: `key-reused`, `in-progress`. `now` in milliseconds. */
export declare function beginIdempotent(db: Connection, key: IdempotencyKey, now: number): Promise<RecordedAnswer | null>
export declare function finishIdempotent(db: Connection, key: IdempotencyKey, recorded: RecordedAnswer): Promise<void>
/** Removes keys older than 24 hours. */
export declare function forgetIdempotent(db: Connection, now: number): Promise<void>
