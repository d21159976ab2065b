/** Limits of guessing, by account and by address: after a few failures each further one makes the wait longer. */
import { createHash } from 'node:crypto'
import { datetimeMs, formatDatetime } from '#base/dates.ts'
import { Refusal } from '#base/problems.ts'
import { type Attempts, forgetAttempts, readAttempts, saveAttempts } from '#storage/accounts/attempts.ts'
import type { Connection } from '#storage/connection.ts'

export interface LimitedSubject {
  readonly key: string
  /** Failures without any wait. */
  readonly free: number
}

/** Whole offices share an address, so it is allowed more than an account. */
const freeByAccount = 5
const freeByAddress = 30
const firstWaitMs = 2_000
const longestWaitMs = 15 * 60_000
/** Failures are forgotten when nothing failed for as long. */
const memoryMs = 60 * 60_000

/** What somebody tries is kept as a hash: people type passwords into the field for the login. */
export function accountSubject(login: string): LimitedSubject {
  return { key: `account:${createHash('sha256').update(login).digest('base64url')}`, free: freeByAccount }
}

export function addressSubject(address: string): LimitedSubject {
  return { key: `address:${address}`, free: freeByAddress }
}

export const setupSubject: LimitedSubject = { key: 'setup', free: freeByAccount }

/** Refusal `too-many-requests` with the seconds to wait. */
export async function requireUnblocked(
  db: Connection,
  subjects: readonly LimitedSubject[],
  now: number,
): Promise<void> {
  const known = await readAttempts(
    db,
    subjects.map((subject) => subject.key),
  )
  const until = Math.max(
    0,
    ...known.map((attempts) => (attempts.blockedUntil === null ? 0 : datetimeMs(attempts.blockedUntil))),
  )
  // No wait is longer: what lies further ahead was written before the clock went back.
  if (until > now && until - now <= longestWaitMs)
    throw new Refusal('too-many-requests', { params: { retry_after: Math.ceil((until - now) / 1000) } })
}

/** Counts one more failure of each subject. */
export async function countFailure(db: Connection, subjects: readonly LimitedSubject[], now: number): Promise<void> {
  const known = new Map(
    (
      await readAttempts(
        db,
        subjects.map((subject) => subject.key),
      )
    ).map((attempts) => [attempts.subject, attempts]),
  )
  for (const subject of subjects) await saveAttempts(db, failedOnce(known.get(subject.key), subject, now))
}

export async function forgetFailures(db: Connection, subject: LimitedSubject): Promise<void> {
  await forgetAttempts(db, subject.key)
}

/** Pure: the counter after one more failure. */
export function failedOnce(before: Attempts | undefined, subject: LimitedSubject, now: number): Attempts {
  const fresh = before === undefined || now - datetimeMs(before.lastAt) > memoryMs
  const failures = fresh ? 1 : before.failures + 1
  const beyond = failures - subject.free
  const waitMs = beyond < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(beyond, 20))
  return {
    subject: subject.key,
    failures,
    firstAt: fresh ? formatDatetime(now) : before.firstAt,
    lastAt: formatDatetime(now),
    blockedUntil: waitMs === 0 ? null : formatDatetime(now + waitMs),
  }
}
