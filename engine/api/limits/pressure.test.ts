/** When the door closes, for what, and when it opens again: windows are counted, no time passes. */
import { expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { LoopDelay, Pressure } from './pressure.ts'

function pressed() {
  const state = { delayMs: 0, writes: 0 }
  const pressure = new Pressure(
    { delayMs: () => state.delayMs, writes: () => state.writes },
    { delayMs: 500, writes: 10, windows: 3 },
  )
  const answer = (method: string) => {
    try {
      pressure.requireRoom(method)
      return 'served'
    } catch (error) {
      if (error instanceof Refusal) return [error.problem.code, error.problem.params?.['retry_after']]
      throw error
    }
  }
  const windows = (delayMs: number, count: number) => {
    state.delayMs = delayMs
    for (let each = 0; each < count; each += 1) pressure.sample()
  }
  return { pressure, state, answer, windows }
}

it('serves through one long piece of work', () => {
  const { answer, windows } = pressed()
  windows(5_000, 2)
  expect(answer('GET')).toBe('served')
})

it('refuses all while the loop stays late, and serves after one window in time', () => {
  const { pressure, answer, windows } = pressed()
  windows(501, 3)
  expect([answer('GET'), answer('POST'), pressure.refused]).toEqual([['unavailable', 2], ['unavailable', 2], 2])
  windows(500, 1)
  expect([answer('GET'), answer('POST'), pressure.delayMs]).toEqual(['served', 'served', 500])
})

it('refuses only writes while too many wait', () => {
  const { state, answer } = pressed()
  state.writes = 10
  expect([answer('GET'), answer('POST'), answer('PATCH'), answer('DELETE')].map((each) => each === 'served')).toEqual([
    true,
    false,
    false,
    false,
  ])
  state.writes = 9
  expect(answer('POST')).toBe('served')
})

it('measures a loop that is free as nearly in time', async () => {
  const delay = new LoopDelay()
  await new Promise((resolve) => setTimeout(resolve, 100))
  const ms = delay.read()
  delay.stop()
  expect(ms).toBeLessThan(500)
  expect(delay.read()).toBe(0)
})
