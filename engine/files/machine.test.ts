/** Identifiers of the machine. */
import { expect, it } from 'vitest'
import { createIds } from './machine.ts'

it('makes UUIDv7 in the order of making, also within one millisecond and when the clock goes back', () => {
  const times = [1_000, 1_000, 1_000, 2_000, 1_500, 1_500]
  const ids = createIds({ now: () => times.shift() ?? 3_000 })
  const made = Array.from({ length: 500 }, () => ids.next())
  expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  )
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(500)
})
