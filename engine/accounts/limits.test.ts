/** Limits of guessing, as pure counting. */
import { describe, expect, it } from 'vitest'
import { datetimeMs } from '#base/dates.ts'
import type { Attempts } from '#storage/accounts/attempts.ts'
import { accountSubject, addressSubject, failedOnce } from './limits.ts'

const start = Date.UTC(2026, 10, 22)

function waitsOf(count: number, subject = accountSubject('ada')): readonly number[] {
  let attempts: Attempts | undefined
  return Array.from({ length: count }, (_, index) => {
    const now = start + index * 60_000
    attempts = failedOnce(attempts, subject, now)
    return attempts.blockedUntil === null ? 0 : (datetimeMs(attempts.blockedUntil) - now) / 1000
  })
}

describe('failedOnce', () => {
  it('lets four failures pass, then doubles the wait up to a quarter of an hour', () => {
    expect(waitsOf(16)).toEqual([0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  })

  it('is more patient with an address than with an account', () => {
    expect(waitsOf(30, addressSubject('192.0.2.1')).filter((wait) => wait > 0)).toEqual([2])
  })

  it('forgets after an hour without failure', () => {
    const before = failedOnce(failedOnce(undefined, accountSubject('a'), start), accountSubject('a'), start)
    expect(failedOnce(before, accountSubject('a'), start + 3_600_001)).toMatchObject({
      failures: 1,
      blockedUntil: null,
    })
  })

  it('keeps what somebody typed as login as a hash only', () => {
    expect(accountSubject('my password by mistake').key).not.toContain('password')
  })
})
