/** Wall clocks of IANA zones: which local time a moment has there, and which moment a local time is. */
import { dateOfDay, datetimeMs, datetimeOfMs, dayNumber } from '#base/dates.ts'

const clocks = new Map<string, Intl.DateTimeFormat>()
const dayMs = 86_400_000

/** Milliseconds that the wall clock of `zone` is ahead of UTC at a moment. */
export function offsetOf(zone: string, ms: number): number {
  const parts = clockOf(zone).formatToParts(ms)
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value)
  const local = new Date(0)
  local.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  local.setUTCHours(part('hour'), part('minute'), part('second'))
  return local.getTime() - Math.floor(ms / 1000) * 1000
}

/** The local time of a canonical datetime, written like one: `2026-10-27T17:00:00.000` (no Z). */
export function localOf(datetime: string, zone: string): string | null {
  const ms = datetimeMs(datetime)
  return datetimeOfMs(ms + offsetOf(zone, ms))?.slice(0, -1) ?? null
}

/** The moment of a local time; the earlier one where the clock shows it twice, shifted forward where it is skipped. */
export function momentOf(local: string, zone: string): string | null {
  const wall = datetimeMs(`${local}Z`)
  const before = offsetOf(zone, wall - dayMs)
  const after = offsetOf(zone, wall + dayMs)
  const fits = [before, after].filter((offset) => offsetOf(zone, wall - offset) === offset)
  return datetimeOfMs(wall - (fits.length === 0 ? before : Math.max(...fits)))
}

/** The date `days` later; null outside the calendar. */
export function shiftDate(date: string, days: number): string | null {
  return dateOfDay(dayNumber(date) + days)
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const fresh = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, fresh)
  return fresh
}
