/** Dates, times and durations as ISO text and whole numbers: calendar arithmetic without a zone of the machine. */

export type DateUnit = 'day' | 'week' | 'month' | 'year'
export type TimeUnit = 'second' | 'minute' | 'hour'
export const dateUnits: readonly DateUnit[] = ['day', 'week', 'month', 'year']
export const timeUnits: readonly TimeUnit[] = ['second', 'minute', 'hour']

const secondsOf: Readonly<Record<TimeUnit, number>> = { second: 1, minute: 60, hour: 3600 }
const dayMs = 86_400_000
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
/** Day numbers of 0001-01-01 and 9999-12-31, counted from 1970-01-01. */
const firstDay = -719_162
const lastDay = 2_932_896

/** `YYYY-MM-DD`, a day that exists, years 0001–9999. */
export function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || text.length !== 10) return false
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (match === null) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** `HH:MM` or `HH:MM:SS`. */
export function isTime(text: unknown): text is string {
  return typeof text === 'string' && /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)
}

/** The canonical moment: `YYYY-MM-DDTHH:MM:SS.mmmZ`. */
export function isDatetime(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    text.length === 24 &&
    /^.{10}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/.test(text) &&
    isDate(text.slice(0, 10))
  )
}

/** Days since 1970-01-01 of a valid date. */
export function dayNumber(date: string): number {
  return dayOfCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)))
}

/** The date of a day number, or null outside 0001–9999. */
export function dateOfDay(day: number): string | null {
  if (!(day >= firstDay && day <= lastDay)) return null
  const [year, month, dayOfMonth] = civilOfDay(day)
  return formatDate(year, month, dayOfMonth)
}

/** Milliseconds since 1970 of a canonical datetime. */
export function datetimeMs(datetime: string): number {
  const seconds =
    Number(datetime.slice(11, 13)) * 3600 + Number(datetime.slice(14, 16)) * 60 + Number(datetime.slice(17, 19))
  return dayNumber(datetime) * dayMs + seconds * 1000 + Number(datetime.slice(20, 23))
}

/** The canonical datetime of a moment; null outside the years 0001–9999. */
export function datetimeOfMs(ms: number): string | null {
  const day = Math.floor(ms / dayMs)
  const date = dateOfDay(day)
  if (date === null) return null
  const rest = ms - day * dayMs
  const clock = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60]
    .map((part) => pad(Math.floor(part), 2))
    .join(':')
  return `${date}T${clock}.${pad(rest % 1000, 3)}Z`
}

/** As `datetimeOfMs`, for moments of a clock. */
export function formatDatetime(ms: number): string {
  const text = datetimeOfMs(ms)
  if (text === null) throw new RangeError(`no such moment: ${ms}`)
  return text
}

/**
 * A date or datetime moved by a whole amount; null outside the years 0001–9999.
 * A month or year keeps the day where it exists, else takes the last: 2024-01-31 + 1 month = 2024-02-29.
 */
export function addToDate(value: string, amount: number, unit: DateUnit | TimeUnit): string | null {
  const date = value.slice(0, 10)
  if (unit === 'second' || unit === 'minute' || unit === 'hour')
    return datetimeOfMs(datetimeMs(value) + amount * secondsOf[unit] * 1000)
  const moved =
    unit === 'day' || unit === 'week'
      ? dateOfDay(dayNumber(date) + amount * (unit === 'week' ? 7 : 1))
      : addMonths(date, unit === 'year' ? amount * 12 : amount)
  return moved === null ? null : moved + value.slice(10)
}

/** Whole units from `from` to `to`, towards zero; both dates or both datetimes. */
export function diffDates(from: string, to: string, unit: DateUnit | TimeUnit): number {
  if (unit === 'month') return diffMonths(from, to)
  if (unit === 'year') return truncated(diffMonths(from, to) / 12)
  if (from.length === 10) return truncated((dayNumber(to) - dayNumber(from)) / (unit === 'week' ? 7 : 1))
  const seconds = unit === 'day' ? 86_400 : unit === 'week' ? 604_800 : secondsOf[unit]
  return truncated((datetimeMs(to) - datetimeMs(from)) / (seconds * 1000))
}

/** ISO: Monday 1 … Sunday 7. */
export function weekdayOf(date: string): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** The date on the wall calendar of an IANA zone at a moment. */
export function todayIn(zone: string, nowMs: number): string {
  const second = Math.floor(nowMs / 1000)
  const last = lastDays.get(zone)
  if (last?.second === second) return last.date
  const date = wallDate(zone, nowMs)
  lastDays.set(zone, { second, date })
  return date
}

/** Per zone the second that was asked for last: a calendar is slow, and requests come many in a second. */
const lastDays = new Map<string, { readonly second: number; readonly date: string }>()

function wallDate(zone: string, nowMs: number): string {
  const parts = calendarOf(zone).formatToParts(nowMs)
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value)
  return formatDate(part('year'), part('month'), part('day'))
}

/** Whole seconds of `P1DT2H`, `PT90S`, `P2W` (a sign may stand before); null for months, years and fractions. */
export function parseDuration(iso: string): number | null {
  const match = /^([+-]?)P(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)$/.exec(iso)
  if (match === null || /[PT]$/.test(iso)) return null
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((part) => Number(part ?? 0))
  const total =
    (weeks ?? 0) * 604_800 + (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
  if (!Number.isSafeInteger(total)) return null
  return match[1] === '-' ? 0 - total : total
}

/** Canonical: hours, minutes and seconds: 5400 → `PT1H30M`, 0 → `PT0S`. */
export function formatDuration(seconds: number): string {
  const total = Math.abs(seconds)
  const parts: readonly [number, string][] = [
    [Math.floor(total / 3600), 'H'],
    [Math.floor(total / 60) % 60, 'M'],
    [total % 60, 'S'],
  ]
  const text = parts.map(([amount, letter]) => (amount === 0 ? '' : `${amount}${letter}`)).join('')
  return `${seconds < 0 ? '-' : ''}PT${text === '' ? '0S' : text}`
}

const calendars = new Map<string, Intl.DateTimeFormat>()

function calendarOf(zone: string): Intl.DateTimeFormat {
  const known = calendars.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  calendars.set(zone, made)
  return made
}

function addMonths(date: string, months: number): string | null {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  const year = Math.floor(index / 12)
  if (!(year >= 1 && year <= 9999)) return null
  const month = index - year * 12 + 1
  return formatDate(year, month, Math.min(Number(date.slice(8, 10)), daysInMonth(year, month)))
}

function diffMonths(from: string, to: string): number {
  const months =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
  const [dayFrom, dayTo] = [from.slice(8), to.slice(8)]
  if (months > 0 && dayTo < dayFrom) return months - 1
  if (months < 0 && dayTo > dayFrom) return months + 1
  return months
}

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days before the year's first of March, so that the leap day is the last of its year. */
function dayOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const monthFromMarch = (month + 9) % 12
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}

function civilOfDay(day: number): readonly [number, number, number] {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return [
    yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  ]
}

function formatDate(year: number, month: number, day: number): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function truncated(value: number): number {
  return Math.trunc(value) + 0
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
