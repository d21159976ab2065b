/** Business calendars: a zone that exists, hours in order, days that exist. */
import type { Issue } from '#base/problems.ts'
import type { CalendarDefinition } from '../definition.ts'
import { type Check, error } from './checking.ts'

export const checkCalendars: Check = ({ model }) =>
  [...model.calendars.values()].flatMap((calendar) => {
    const pointer = `/calendar/${calendar.name}`
    return [
      ...(isZone(calendar.zone) ? [] : [error(`${pointer}/zone`, 'unknown-zone', { name: calendar.zone })]),
      ...calendar.week.flatMap((day) => hourIssues(day.hours, `${pointer}/week/${day.name}/hours`)),
      ...dayIssues(calendar, pointer),
    ]
  })

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Each stretch ends after it begins and begins after the one before has ended. */
function hourIssues(hours: readonly (readonly string[])[], pointer: string): readonly Issue[] {
  const ends = hours.map(([, to = '']) => to)
  return hours.flatMap(([from = '', to = ''], index) => {
    const late = index > 0 && from < (ends[index - 1] ?? '')
    return from < to && to <= '24:00' && !late ? [] : [error(`${pointer}/${index}`, 'hours-order', { from, to })]
  })
}

function dayIssues(calendar: CalendarDefinition, pointer: string): readonly Issue[] {
  const weekdays = new Set(calendar.week.map((day) => day.name))
  const holidays = (calendar.holidays ?? []).flatMap((day) => {
    const at = `${pointer}/holidays/${day.name}`
    if (!isDay(day.from)) return [error(`${at}/from`, 'not-a-date')]
    if (day.to !== undefined && !isDay(day.to)) return [error(`${at}/to`, 'not-a-date')]
    return day.to !== undefined && day.to < day.from
      ? [error(`${at}/to`, 'ends-before', { from: day.from, to: day.to })]
      : []
  })
  const workdays = (calendar.workdays ?? []).flatMap((day) => {
    const at = `${pointer}/workdays/${day.name}`
    if (!isDay(day.on)) return [error(`${at}/on`, 'not-a-date')]
    return weekdays.has(day.as) ? [] : [error(`${at}/as`, 'weekday-without-hours', { name: day.as })]
  })
  return [...holidays, ...workdays]
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
