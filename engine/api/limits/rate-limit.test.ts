/** The bucket of a caller: what it holds, how it fills, whom it concerns. */
import { expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { RateLimit } from './rate-limit.ts'

function limited(rate = { perSecond: 10, burst: 20 }) {
  let now = 1_000
  const limit = new RateLimit(rate, { now: () => now })
  /** How many of `count` pass, and what the first refusal says. */
  const ask = (count: number, caller = 'ada') => {
    let wait: unknown = null
    let passed = 0
    for (let each = 0; each < count; each += 1) {
      try {
        limit.take(caller)
        passed += 1
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        wait ??= error.problem.params?.['retry_after']
      }
    }
    return { passed, wait }
  }
  const move = (ms: number) => {
    now += ms
  }
  return { limit, ask, move }
}

it('lets a burst pass, then as many as flow in, and says how long to wait', () => {
  const { limit, ask, move } = limited()
  expect(ask(30)).toEqual({ passed: 20, wait: 1 })
  move(500)
  expect(ask(30)).toEqual({ passed: 5, wait: 1 })
  move(60_000)
  expect(ask(30).passed).toBe(20)
  expect(limit.refused).toBe(45)
})

it('says longer waits where little flows', () => {
  const { ask } = limited({ perSecond: 0.1, burst: 1 })
  expect(ask(2)).toEqual({ passed: 1, wait: 10 })
})

it('counts each caller alone', () => {
  const { ask } = limited()
  expect([ask(30, 'ada').passed, ask(30, 'bob').passed]).toEqual([20, 20])
})

it('gains nothing by a clock that jumps back', () => {
  const { ask, move } = limited()
  ask(20)
  move(-60_000)
  expect(ask(5).passed).toBe(0)
  move(1_000)
  expect(ask(20).passed).toBe(10)
})

it('forgets the caller that was seen longest ago, so that strangers fill no memory', () => {
  const { ask } = limited()
  ask(20, 'first')
  for (let each = 0; each < 10_000; each += 1) ask(1, `stranger ${each}`)
  expect(ask(20, 'first').passed).toBe(20)
})
