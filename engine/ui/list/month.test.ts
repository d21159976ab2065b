/** Months as weeks. */
import { describe, expect, it } from 'vitest'
import { shiftMonth, weeksOf } from './month.ts'

describe('weeks of a month', () => {
  it('starts on the Monday before the first and ends on the Sunday after the last', () => {
    const weeks = weeksOf('2026-11')
    expect(weeks[0]?.[0]).toBe('2026-10-26')
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
    expect(weeks.every((week) => week.length === 7)).toBe(true)
  })

  it('gives four weeks to a February that starts on a Monday', () => {
    expect(weeksOf('2027-02')).toHaveLength(4)
  })

  it('steps over the turn of the year', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01')
    expect(shiftMonth('2026-01', -1)).toBe('2025-12')
  })
})
