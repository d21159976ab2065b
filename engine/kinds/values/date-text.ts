/** Dates as people type and read them: `27 Oct 2026`, `2026-10-27`, `2026年10月27日`, and the order of the locale. */
import { isDate } from '#base/dates.ts'

type Part = 'year' | 'month' | 'day'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const orders = new Map<string, readonly Part[]>()
const formatters = new Map<string, Intl.DateTimeFormat>()
const longest = 40
const directionMarks = /[\u200e\u200f\u061c]/g

/** A canonical date in the words of the locale. */
export function writeDate(date: string, locale: string): string {
  if (isLanguage(locale, 'en')) return `${Number(date.slice(8, 10))} ${monthOf(date)} ${date.slice(0, 4)}`
  if (isLanguage(locale, 'zh')) return date
  return numericOf(locale)
    .formatToParts(utcOf(date))
    .map((part) => (part.type === 'year' ? date.slice(0, 4) : part.value))
    .join('')
    .replace(directionMarks, '')
}

/** Without the year, for tables where it is this one: `27 Oct`, `10月27日`. */
export function writeDayOfYear(date: string, locale: string): string {
  if (isLanguage(locale, 'zh')) return `${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`
  if (isLanguage(locale, 'en')) return `${Number(date.slice(8, 10))} ${monthOf(date)}`
  return dayFormatOf(locale).format(utcOf(date))
}

/** The date that was typed, or null. The year has four figures; three numbers without one in front go by the locale. */
export function readDate(text: string, locale: string): string | null {
  const typed = text.normalize('NFKC').replace(directionMarks, '').trim()
  if (typed.length > longest) return null
  return yearFirst(typed) ?? withMonthName(typed) ?? inLocalOrder(typed, locale)
}

export function isLanguage(locale: string, language: string): boolean {
  return locale === language || locale.startsWith(`${language}-`)
}

function yearFirst(typed: string): string | null {
  const match =
    /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?|(\d{2})(\d{2}))$/.exec(typed)
  if (match === null) return null
  return dateOf(match[1], match[3] ?? match[5] ?? match[7], match[4] ?? match[6] ?? match[8])
}

function withMonthName(typed: string): string | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s.-]*([a-z]{3,9})\.?[\s,-]*(\d{4})$/i.exec(typed)
  if (dayFirst !== null) return dateOf(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1])
  const monthFirst = /^([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4})$/i.exec(typed)
  return monthFirst === null ? null : dateOf(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2])
}

function inLocalOrder(typed: string, locale: string): string | null {
  const match = /^(\d{1,4})\s*[-/.]\s*(\d{1,4})\s*[-/.]\s*(\d{1,4})\.?$/.exec(typed)
  if (match === null) return null
  const order = orderOf(locale)
  const part = (name: Part): string | undefined => match[order.indexOf(name) + 1]
  return part('year')?.length === 4 ? dateOf(part('year'), part('month'), part('day')) : null
}

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): string | null {
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  return isDate(date) ? date : null
}

/** `oct`, `sept` and `october` are 10, 9 and 10. */
function monthNumber(name: string | undefined): string | undefined {
  const index = months.findIndex((month) => name?.toLowerCase().startsWith(month.toLowerCase()))
  const known = name !== undefined && index >= 0 && longNames[index]?.startsWith(name.toLowerCase())
  return known || name?.toLowerCase() === 'sept' ? String(index + 1) : undefined
}

const longNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

function monthOf(date: string): string {
  return months[Number(date.slice(5, 7)) - 1] ?? ''
}

function utcOf(date: string): Date {
  return new Date(`${date}T00:00:00.000Z`)
}

function orderOf(locale: string): readonly Part[] {
  const known = orders.get(locale)
  if (known) return known
  const parts = numericOf(locale)
    .formatToParts(0)
    .map((part) => part.type)
  const fresh = parts.filter((type): type is Part => type === 'year' || type === 'month' || type === 'day')
  orders.set(locale, fresh)
  return fresh
}

function numericOf(locale: string): Intl.DateTimeFormat {
  return formatter(locale, 'numeric', { year: 'numeric', month: '2-digit', day: '2-digit' })
}

function dayFormatOf(locale: string): Intl.DateTimeFormat {
  return formatter(locale, 'day', { month: 'short', day: 'numeric' })
}

function formatter(locale: string, name: string, shape: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}/${name}`
  const known = formatters.get(key)
  if (known) return known
  const fresh = new Intl.DateTimeFormat(locale, {
    ...shape,
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
  })
  formatters.set(key, fresh)
  return fresh
}
