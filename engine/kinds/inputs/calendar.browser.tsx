/** A month to choose a day from: a grid with arrow keys, opened beside the text field of a date. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { addToDate, isDate, weekdayOf } from '#base/dates.ts'
import { Icon } from '#ui/parts/icon.tsx'
import { isLanguage, writeDate } from '../values/date-text.ts'
import { word } from './words.ts'

export interface CalendarProps {
  readonly chosen: string | null
  /** `YYYY-MM-DD` in the reader's zone. */
  readonly today: string
  readonly locale: string
  choose(date: string): void
}

const moves: Readonly<Record<string, readonly [number, 'day' | 'month']>> = {
  ArrowLeft: [-1, 'day'],
  ArrowRight: [1, 'day'],
  ArrowUp: [-7, 'day'],
  ArrowDown: [7, 'day'],
  PageUp: [-1, 'month'],
  PageDown: [1, 'month'],
}

export function Calendar({ chosen, today, locale, choose }: CalendarProps) {
  const [at, setAt] = useState(isDate(chosen) ? chosen : today)
  const grid = useRef<HTMLTableElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the day
  useEffect(() => {
    // The popover shows itself after its first measure; nothing hidden takes the focus.
    const frame = requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [at])
  function key(event: KeyboardEvent): void {
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    setAt(addToDate(at, move[0], move[1]) ?? at)
  }
  const turn = (months: number) => setAt(addToDate(at, months, 'month') ?? at)
  return (
    <div className="fl-calendar">
      <div className="fl-row">
        <button
          type="button"
          className="fl-iconbutton"
          aria-label={word('previousMonth', locale)}
          onClick={() => turn(-1)}
        >
          <Icon name="chevron-left" />
        </button>
        <span className="fl-grow fl-strong" aria-live="polite">
          {monthName(at, locale)}
        </span>
        <button type="button" className="fl-iconbutton" aria-label={word('nextMonth', locale)} onClick={() => turn(1)}>
          <Icon name="chevron-right" />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days, walked with the arrow keys */}
      <table ref={grid} role="grid" aria-label={monthName(at, locale)} onKeyDown={key}>
        <thead>
          <tr>
            {weekOf(at).map((day) => (
              <th key={day} scope="col" abbr={weekdayName(day, locale, 'long')}>
                {weekdayName(day, locale, 'narrow')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(at).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <Day key={day} {...{ day, at, chosen, today, locale, choose }} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <button type="button" className="fl-button small quiet" onClick={() => choose(today)}>
        {word('today', locale)}
      </button>
    </div>
  )
}

function Day({
  day,
  at,
  chosen,
  today,
  locale,
  choose,
}: CalendarProps & { readonly day: string; readonly at: string }) {
  const other = day.slice(0, 7) !== at.slice(0, 7)
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: in a grid a cell can be selected
    <td aria-selected={day === chosen}>
      <button
        type="button"
        tabIndex={day === at ? 0 : -1}
        aria-label={writeDate(day, locale)}
        aria-current={day === today ? 'date' : undefined}
        className={`${other ? 'other' : ''}${day === chosen ? ' chosen' : ''}`}
        onClick={() => choose(day)}
      >
        {Number(day.slice(8))}
      </button>
    </td>
  )
}

/** Six weeks, Monday first, that hold the month of `date`. */
function weeksOf(date: string): readonly (readonly string[])[] {
  const first = `${date.slice(0, 8)}01`
  const start = -(weekdayOf(first) - 1)
  return [0, 1, 2, 3, 4, 5].map((week) =>
    [0, 1, 2, 3, 4, 5, 6].map((day) => addToDate(first, start + week * 7 + day, 'day') ?? first),
  )
}

function weekOf(date: string): readonly string[] {
  return weeksOf(date)[1] ?? []
}

function monthName(date: string, locale: string): string {
  if (isLanguage(locale, 'zh')) return `${date.slice(0, 4)}年${Number(date.slice(5, 7))}月`
  return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

function weekdayName(date: string, locale: string, weekday: 'long' | 'narrow'): string {
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))
}
