/** Durations as people type and read them: `1 h 20`, `90 min`, `1:20`, `1.5 h`, `1 小时 20 分`, `PT8H`. */
import { formatDuration, parseDuration } from '#base/dates.ts'
import { isLanguage } from './date-text.ts'

/** Longest duration: a hundred years. */
const mostSeconds = 100 * 366 * 86_400

const units: Readonly<Record<string, number>> = {
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
  周: 604_800,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  天: 86_400,
  日: 86_400,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  小时: 3600,
  时: 3600,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  分: 60,
  分钟: 60,
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  秒: 1,
}

/** ISO 8601 in its canonical form (`P1DT2H` → `PT26H`), or null. */
export function canonicalDuration(iso: string): string | null {
  const seconds = iso.length <= 40 ? parseDuration(iso) : null
  return seconds === null || Math.abs(seconds) > mostSeconds ? null : formatDuration(seconds)
}

/** From here on whole days are written as days. */
const daysFrom = 14

/** A canonical duration in the words of the locale; a part that is zero is left out. */
export function writeDuration(iso: string, locale: string): string {
  const total = parseDuration(iso) ?? 0
  const size = Math.abs(total)
  const days = size / 86_400
  if (days >= daysFrom && Number.isInteger(days))
    return `${total < 0 ? '\u2212' : ''}${days} ${isLanguage(locale, 'zh') ? '天' : 'd'}`
  const [hours, minutes, seconds] = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60]
  const words = isLanguage(locale, 'zh') ? { h: '小时', min: '分', s: '秒' } : { h: 'h', min: 'min', s: 's' }
  const parts = [
    ...(hours === 0 ? [] : [`${hours} ${words.h}`]),
    ...(minutes === 0
      ? []
      : [hours > 0 && seconds === 0 && words.min === 'min' ? `${minutes}` : `${minutes} ${words.min}`]),
    ...(seconds === 0 ? [] : [`${seconds} ${words.s}`]),
  ]
  return `${total < 0 ? '\u2212' : ''}${parts.length === 0 ? `0 ${words.min}` : parts.join(' ')}`
}

/** The duration that was typed, in its canonical form, or null. A bare number says no unit and is refused. */
export function readDuration(text: string): string | null {
  const typed = text
    .normalize('NFKC')
    .replace(/\u2212/g, '-')
    .trim()
    .toLowerCase()
  if (typed.length > 60) return null
  const seconds = parseDuration(typed.toUpperCase()) ?? clockSeconds(typed) ?? wordSeconds(typed)
  return seconds === null || Math.abs(seconds) > mostSeconds ? null : formatDuration(seconds)
}

function clockSeconds(typed: string): number | null {
  const match = /^(-?)(\d{1,6}):([0-5]\d)(?::([0-5]\d))?$/.exec(typed)
  if (match === null) return null
  return signed(match[1], Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0))
}

function wordSeconds(typed: string): number | null {
  const negative = typed.startsWith('-') ? '-' : ''
  const parts = [
    ...typed.slice(negative.length).matchAll(/(\d{1,9}(?:\.\d{1,6})?)\s*([a-z]+|[\u4e00-\u9fff]+)?[\s,]*|(.)/gu),
  ]
  if (parts.length === 0 || parts.some((part) => part[3] !== undefined)) return null
  const amounts = parts.map(
    (part, index) => Number(part[1]) * unitSeconds(part[2], index > 0 ? parts[index - 1]?.[2] : undefined),
  )
  const total = amounts.reduce((sum, amount) => sum + amount, 0)
  return Number.isFinite(total) && Number.isInteger(Math.round(total * 1e6) / 1e6)
    ? signed(negative, Math.round(total))
    : null
}

/** `20` after hours is minutes (`1 h 20`); elsewhere a number needs its unit. */
function unitSeconds(unit: string | undefined, before: string | undefined): number {
  if (unit !== undefined) return Object.hasOwn(units, unit) ? (units[unit] ?? Number.NaN) : Number.NaN
  return before !== undefined && units[before] === 3600 ? 60 : Number.NaN
}

function signed(sign: string | undefined, seconds: number): number {
  return sign === '-' && seconds !== 0 ? -seconds : seconds
}
