/** Moments as people type and read them in their zone: `27 Oct 2026 17:00`, `2026-10-27 17:00`. */
import { datetimeMs, datetimeOfMs, isDate } from '#base/dates.ts'
import type { FormatContext } from '#definitions/field-kind.ts'
import { readDate, writeDate } from './date-text.ts'
import { canonicalTime, readTime } from './time-text.ts'
import { localOf, momentOf, offsetOf } from './zone.ts'

const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)$/i

/** ISO 8601 with a zone → canonical UTC with milliseconds; null when it is no moment. */
export function readIsoMoment(text: string): string | null {
  const match = text.length <= 40 ? iso.exec(text) : null
  if (match === null) return null
  const [, date, hours, minutes, seconds = '00', fraction = '', offset = 'Z'] = match
  if (!isDate(date) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const local = datetimeMs(`${date}T${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  const shift = offsetMs(offset)
  return shift === null ? null : datetimeOfMs(local - shift)
}

/** A canonical datetime on the wall clock of the reader; seconds only where there are any, the offset where the clock shows it twice. */
export function writeMoment(datetime: string, context: FormatContext): string {
  const local = localOf(datetime, context.zone)
  if (local === null) return datetime
  const day = writeDate(local.slice(0, 10), context.locale)
  const clock = canonicalTime(local.slice(11, 19))
  const precise = local.endsWith('.000') ? clock : local.slice(11)
  return momentOf(local, context.zone) === datetime
    ? `${day} ${precise}`
    : `${day} ${precise} ${offsetText(datetime, context.zone)}`
}

/** The moment that was typed: ISO with a zone, or a date with a time in the zone of the reader; a date alone is its midnight. */
export function readMoment(text: string, context: FormatContext): string | null {
  const typed = text
    .normalize('NFKC')
    .replace(/\u2212/g, '-')
    .trim()
  if (typed.length > 60) return null
  const exact = readIsoMoment(typed)
  if (exact !== null) return exact
  const { wall, offset } = splitOffset(typed)
  const local = readLocal(wall, context.locale)
  if (local === null) return null
  return offset === null ? momentOf(local, context.zone) : datetimeOfMs(datetimeMs(`${local}Z`) - offset)
}

function readLocal(typed: string, locale: string): string | null {
  const alone = readDate(typed, locale)
  if (alone !== null) return `${alone}T00:00:00.000`
  const split =
    /^(.*?[\d日号])(?:\s*T|\s*,)?\s*((?:上午|下午|晚上|中午)?\s*\d{1,2}\s*(?:[:时点].*|[ap]\.?m\.?))$/i.exec(typed)
  if (split === null) return null
  const date = readDate(split[1] ?? '', locale)
  const clock = /^(.*?:\d\d)\.(\d{1,3})$/.exec(split[2] ?? '')
  const time = readTime(clock?.[1] ?? split[2] ?? '')
  if (date === null || time === null) return null
  return `${date}T${time.length === 5 ? `${time}:00` : time}.${(clock?.[2] ?? '').padEnd(3, '0')}`
}

function splitOffset(typed: string): { readonly wall: string; readonly offset: number | null } {
  const match = /^(.*:\d\d(?:\.\d{1,3})?)\s*([+-]\d\d:\d\d(?::\d\d)?)$/.exec(typed)
  if (match?.[1] === undefined || match[2] === undefined) return { wall: typed, offset: null }
  return { wall: match[1], offset: offsetMs(match[2]) }
}

function offsetMs(text: string): number | null {
  if (text.toUpperCase() === 'Z') return 0
  const match = /^([+-])(\d\d):?(\d\d)(?::(\d\d))?$/.exec(text)
  if (match === null || Number(match[2]) > 23 || Number(match[3]) > 59) return null
  const ms = (Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0)) * 1000
  return match[1] === '-' ? -ms : ms
}

function offsetText(datetime: string, zone: string): string {
  const seconds = offsetOf(zone, datetimeMs(datetime)) / 1000
  const size = Math.abs(seconds)
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, ...(size % 60 === 0 ? [] : [size % 60])]
  return `${seconds < 0 ? '-' : '+'}${parts.map((part) => String(part).padStart(2, '0')).join(':')}`
}
