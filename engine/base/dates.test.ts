/** Calendar arithmetic, against the platform's UTC dates. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addToDate,
  dateOfDay,
  datetimeMs,
  datetimeOfMs,
  dayNumber,
  diffDates,
  formatDatetime,
  formatDuration,
  isDate,
  isDatetime,
  isTime,
  parseDuration,
  todayIn,
  weekdayOf,
} from './dates.ts'

const dayMs = 86_400_000
const day = fc.integer({ min: -719_162, max: 2_932_896 })

it('counts days as the calendar does', () => {
  fc.assert(
    fc.property(day, (number) => {
      const date = new Date(number * dayMs).toISOString().slice(0, 10)
      expect(dateOfDay(number)).toBe(date)
      expect(dayNumber(date)).toBe(number)
      expect(isDate(date)).toBe(true)
      expect(weekdayOf(date)).toBe(new Date(number * dayMs).getUTCDay() || 7)
    }),
  )
})

it('writes and reads moments to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (ms) => {
      expect(formatDatetime(ms)).toBe(new Date(ms).toISOString())
      expect(datetimeMs(formatDatetime(ms))).toBe(ms)
    }),
  )
  expect(datetimeOfMs(253_402_300_800_000)).toBeNull()
})

it('adds days and takes them away again', () => {
  fc.assert(
    fc.property(day, day, (from, to) => {
      const [start, end] = [dateOfDay(from) ?? '', dateOfDay(to) ?? '']
      expect(diffDates(start, end, 'day')).toBe(to - from + 0)
      expect(addToDate(start, to - from, 'day')).toBe(end)
    }),
  )
})

it('keeps the day of the month where the month has it', () => {
  expect(addToDate('2024-01-31', 1, 'month')).toBe('2024-02-29')
  expect(addToDate('2023-01-31', 1, 'month')).toBe('2023-02-28')
  expect(addToDate('2024-02-29', -4, 'year')).toBe('2020-02-29')
  expect(addToDate('2024-02-29', 1, 'year')).toBe('2025-02-28')
  expect(addToDate('2024-03-31', -13, 'month')).toBe('2023-02-28')
  expect(addToDate('2024-01-31T23:59:59.123Z', 1, 'month')).toBe('2024-02-29T23:59:59.123Z')
  expect(addToDate('2024-01-31T23:59:59.123Z', 1, 'second')).toBe('2024-02-01T00:00:00.123Z')
  expect(addToDate('9999-12-31', 1, 'day')).toBeNull()
  expect(addToDate('0001-01-01', -1, 'month')).toBeNull()
  expect(addToDate('2024-01-01', 1e15, 'year')).toBeNull()
})

it('counts whole months and years towards zero', () => {
  expect(diffDates('2024-01-31', '2024-02-29', 'month')).toBe(0)
  expect(diffDates('2024-01-15', '2024-03-14', 'month')).toBe(1)
  expect(diffDates('2024-03-14', '2024-01-15', 'month')).toBe(-1)
  expect(diffDates('2000-02-29', '2024-02-28', 'year')).toBe(23)
  expect(diffDates('2024-01-01T12:00:00.000Z', '2024-02-01T11:59:59.999Z', 'month')).toBe(0)
  expect(diffDates('2024-01-01T12:00:00.000Z', '2024-01-02T11:59:59.999Z', 'day')).toBe(0)
  expect(diffDates('2024-01-09', '2024-01-01', 'week')).toBe(-1)
})

it('refuses days and times that do not exist', () => {
  for (const text of ['2023-02-29', '2024-13-01', '0000-01-01', '2024-1-01', '2024-01-00', '20240101', '', null, 5])
    expect(isDate(text)).toBe(false)
  for (const text of ['24:00', '12:60', '1:00', '12:00:60', '']) expect(isTime(text)).toBe(false)
  for (const text of ['00:00', '23:59:59']) expect(isTime(text)).toBe(true)
  for (const text of ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000', '2023-02-29T00:00:00.000Z'])
    expect(isDatetime(text)).toBe(false)
  expect(isDatetime('2024-02-29T23:59:59.999Z')).toBe(true)
})

it('knows today in a zone', () => {
  const evening = Date.UTC(2024, 11, 31, 20)
  expect([todayIn('UTC', evening), todayIn('Asia/Shanghai', evening), todayIn('America/New_York', evening)]).toEqual([
    '2024-12-31',
    '2025-01-01',
    '2024-12-31',
  ])
})

it('writes durations in hours, minutes and seconds and reads days and weeks too', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (seconds) => parseDuration(formatDuration(seconds)) === seconds))
  expect([formatDuration(28_800), formatDuration(5400), formatDuration(0), formatDuration(-90)]).toEqual([
    'PT8H',
    'PT1H30M',
    'PT0S',
    '-PT1M30S',
  ])
  expect([parseDuration('P1DT2H'), parseDuration('P2W')]).toEqual([93_600, 1_209_600])
  for (const text of ['P', 'PT', 'P1M', 'P1Y', 'PT1.5H', '1H', 'P1DT', '']) expect(parseDuration(text)).toBeNull()
})
