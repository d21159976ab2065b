/** Columns by state or choice, each with its count and sum; a card leads to its record. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Json } from '#base/json.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { aggregateRecords, listRecords } from '../client/records.ts'
import { FieldDisplay } from '../form/field-face.tsx'
import { type StateColor, StateMark } from '../parts/badge.tsx'
import { Skeleton } from '../parts/state-page.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { Cell } from './cell.tsx'
import { type Column, columnOf } from './columns.ts'
import { choicesOf } from './condition-text.ts'
import type { ListPlace } from './list-place.ts'
import { sortOf, wholeFilter } from './list-query.ts'
import { both } from './list-search.ts'

const cardsPerColumn = 30

interface Lane {
  readonly value: string
  readonly label: string
  readonly color?: StateColor | undefined
}

export function BoardView({ place }: { readonly place: ListPlace }) {
  const label = useLabel()
  const { access, view } = place
  const by = view?.by ?? 'state'
  const lanes: readonly Lane[] = choicesOf(access.model, by).map((choice) => ({
    value: choice.value,
    label: label(choice.label, choice.value),
    color:
      by === 'state' ? access.form.lifecycle?.states.find((state) => state.name === choice.value)?.color : undefined,
  }))
  const sums = useSums(place, by)
  return (
    <section className="fl-board" aria-label={label(view?.label)}>
      {lanes.map((lane) => (
        <LaneColumn
          key={lane.value}
          place={place}
          by={by}
          lane={lane}
          rows={sums.data?.rows.filter((row) => row[by] === lane.value)}
        />
      ))}
    </section>
  )
}

function useSums(place: ListPlace, by: string) {
  const sum = place.view?.sum
  const filter = wholeFilter(place)
  const measures = sum ? [{ op: 'sum', field: sum }] : [{ op: 'count' }]
  const currency = currencyField(place)
  const group = currency ? [by, currency] : [by]
  return useQuery({
    queryKey: ['records', place.access.form.name, 'sums', group, measures, filter],
    queryFn: () => aggregateRecords(place.access.form.name, { group, measures, filter }),
  })
}

/** The field that holds the currency of the sum: amounts of different currencies never add up. */
function currencyField({ access, view }: ListPlace): string | null {
  const named = view?.sum ? access.model.fields.get(view.sum)?.definition['currency'] : undefined
  return typeof named === 'string' && access.model.fields.has(named) ? named : null
}

interface LaneProps {
  readonly place: ListPlace
  readonly by: string
  readonly lane: Lane
  /** One per currency. */
  readonly rows: readonly { readonly [key: string]: Json }[] | undefined
}

function LaneColumn({ place, by, lane, rows }: LaneProps) {
  const t = useText()
  const { access, view, search } = place
  const shown = (view?.card ?? []).flatMap((name) => columnOf(access.model, name) ?? [])
  const fields = ['title', ...shown.map((column) => column.name), 'currency'].filter(
    (name) => name === 'title' || access.model.fields.has(name) || name === 'owner' || name === 'state',
  )
  const filter = both(wholeFilter(place), { '==': [{ var: by }, lane.value] })
  const cards = useQuery({
    queryKey: ['records', access.form.name, 'lane', filter, sortOf(place), search.q],
    queryFn: () =>
      listRecords(access.form.name, {
        filter,
        sort: sortOf(place),
        fields,
        limit: cardsPerColumn,
        ...(search.q ? { search: search.q } : {}),
      }),
  })
  return (
    <section className="column" aria-label={lane.label}>
      <header>
        <h2>
          <StateMark label={lane.label} color={lane.color ?? 'gray'} />
          <span className="count">{rows ? rows.reduce((sum, row) => sum + Number(row['count'] ?? 0), 0) : ''}</span>
        </h2>
        <LaneSum place={place} rows={rows ?? []} />
      </header>
      {cards.isPending ? (
        <Skeleton label={t('loading')} rows={3} />
      ) : (
        <ul>
          {cards.data?.records.map((record) => (
            <li key={record.id}>
              <Link
                className="fl-boardcard"
                to="/f/$form/$id"
                params={{ form: access.form.name, id: record.id }}
                search={{}}
              >
                <h3>{record.title}</h3>
                {shown
                  .filter((column) => !isInTitle(record, column))
                  .map((column: Column) => (
                    <span key={column.name} className="line fl-cut">
                      <Cell form={access.form} column={column} record={record} />
                    </span>
                  ))}
              </Link>
            </li>
          ))}
          {cards.data?.next && <li className="fl-12 fl-ink-3">{t('board_more', { count: cardsPerColumn })}</li>}
        </ul>
      )}
    </section>
  )
}

interface LaneSumProps {
  readonly place: ListPlace
  readonly rows: readonly { readonly [key: string]: Json }[]
}

function LaneSum({ place, rows }: LaneSumProps) {
  const t = useText()
  const { access, view } = place
  const field = view?.sum ? access.model.fields.get(view.sum) : undefined
  const filled = rows.filter((row) => row[`sum_${view?.sum}`] !== null && row[`sum_${view?.sum}`] !== undefined)
  const [only] = filled
  if (!field || !only) return null
  if (filled.length > 1) return <span className="fl-13 fl-ink-2">{t('currencies', { count: filled.length })}</span>
  return (
    <span className="fl-13 fl-strong">
      <FieldDisplay field={field} value={only[`sum_${view?.sum}`] ?? null} record={only} dense />
    </span>
  )
}

/** What the title of the card says already is not said again. */
function isInTitle(record: RecordAnswer, column: Column): boolean {
  const value = record[column.name]
  return (
    typeof value === 'string' &&
    value !== '' &&
    column.type.is === 'text' &&
    column.name !== 'state' &&
    (record.title ?? '').includes(value)
  )
}
