/** A month of records by their date. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { todayIn } from '#base/dates.ts'
import { fieldType } from '#definitions/system-fields.ts'
import { listRecords } from '../client/records.ts'
import { useFormat } from '../form/use-format.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { StatePage } from '../parts/state-page.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import type { ListPlace } from './list-place.ts'
import { wholeFilter } from './list-query.ts'
import { both } from './list-search.ts'
import { shiftMonth, weeksOf } from './month.ts'

export function CalendarView({ place }: { readonly place: ListPlace }) {
  const t = useText()
  const { locale, zone } = useFormat()
  const today = todayIn(zone, Date.now())
  const [month, setMonth] = useState(today.slice(0, 7))
  const weeks = weeksOf(month)
  const { access, view, search } = place
  const date = view?.date ?? 'created_at'
  const timed = fieldType(access.model, date)?.is === 'datetime'
  const [from, to] = bounds(weeks, timed)
  const filter = both(wholeFilter(place), { and: [{ '>=': [{ var: date }, from] }, { '<=': [{ var: date }, to] }] })
  const dayOf = (value: unknown) =>
    timed && typeof value === 'string' ? todayIn(zone, Date.parse(value)) : String(value ?? '').slice(0, 10)
  const records = useQuery({
    queryKey: ['records', access.form.name, 'calendar', filter, search.q],
    queryFn: () =>
      listRecords(access.form.name, {
        filter,
        sort: [date],
        fields: ['title', date],
        limit: 500,
        ...(search.q ? { search: search.q } : {}),
      }),
  })
  const region = locale === 'en' ? 'en-GB' : locale
  const name = new Intl.DateTimeFormat(region, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
  const weekday = new Intl.DateTimeFormat(region, { weekday: 'short', timeZone: 'UTC' })
  if (records.isError) return <StatePage icon="alert-triangle" title={describeError(records.error, t)} />
  return (
    <div className="fl-monthview">
      <div className="month">
        <IconButton icon="chevron-left" label={t('month_previous')} onClick={() => setMonth(shiftMonth(month, -1))} />
        <IconButton icon="chevron-right" label={t('month_next')} onClick={() => setMonth(shiftMonth(month, 1))} />
        <h2 className="fl-sectiontitle" aria-live="polite">
          {name}
        </h2>
        <Button small look="quiet" onClick={() => setMonth(today.slice(0, 7))}>
          {t('today')}
        </Button>
      </div>
      <table aria-label={name}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                {weekday.format(new Date(`${day}T00:00:00Z`))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} className={[day.startsWith(month) ? '' : 'out', day === today ? 'today' : ''].join(' ')}>
                  <span className="day">{Number(day.slice(8))}</span>
                  {records.data?.records
                    .filter((record) => dayOf(record[date]) === day)
                    .map((record) => (
                      <Link
                        key={record.id}
                        to="/f/$form/$id"
                        params={{ form: access.form.name, id: record.id }}
                        search={{}}
                        title={record.title ?? undefined}
                      >
                        {record.title}
                      </Link>
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The first and the last day that are shown; for points in time a day more at both ends, because zones differ. */
function bounds(weeks: readonly (readonly string[])[], timed: boolean): readonly [string, string] {
  const first = weeks[0]?.[0] ?? ''
  const last = weeks.at(-1)?.at(-1) ?? ''
  if (!timed) return [first, last]
  const dayMs = 86_400_000
  return [new Date(Date.parse(first) - dayMs).toISOString(), new Date(Date.parse(last) + 2 * dayMs).toISOString()]
}
