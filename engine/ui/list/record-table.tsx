/** Dense rows: 36 px, sortable heads, a box to select, the title leads to the record. */
import { Link } from '@tanstack/react-router'
import { Fragment, memo, type ReactNode, useCallback, useRef } from 'react'
import type { AppForm } from '#contract/wire-app.ts'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { Tick } from '../parts/checks.tsx'
import { Icon } from '../parts/icon.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { Cell } from './cell.tsx'
import { type Column, columnOf } from './columns.ts'
import { pluralOf, type RecordsProps } from './list-place.ts'
import { sortOf } from './list-query.ts'

export function RecordTable({ place, columns, records, selected, onSelect, end }: RecordsProps) {
  const t = useText()
  const label = useLabel()
  const { access, search } = place
  const latest = useRef({ selected, onSelect })
  latest.current = { selected, onSelect }
  const choose = useCallback(
    (id: string, on: boolean) => latest.current.onSelect(toggled(latest.current.selected, id, on)),
    [],
  )
  const group = place.view?.group ? columnOf(access.model, place.view.group) : undefined
  const all = records.length > 0 && records.every((record) => selected.has(record.id))
  const width = columns.reduce((sum, column) => sum + column.width, 62)
  return (
    <section className="fl-tablewrap" aria-label={label(pluralOf(access.form))}>
      <table className="fl-table" style={{ minWidth: width }}>
        <colgroup>
          <col style={{ width: 42 }} />
          {columns.map((column, index) => (
            <col key={column.name} style={index === widest(columns) ? undefined : { width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th className="box">
              <Tick
                label={t('select_all')}
                checked={all}
                mixed={!all && selected.size > 0}
                onChecked={(on) => onSelect(on ? new Set(records.map((record) => record.id)) : new Set())}
              />
            </th>
            {columns.map((column) => (
              <Head
                key={column.name}
                column={column}
                sort={sortOf(place)}
                onSort={(sort) => place.onSearch({ sort })}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record, index) => (
            <Fragment key={record.id}>
              {group && groupStarts(records, index, group.name) && (
                <tr className="group">
                  <th colSpan={columns.length + 1} scope="rowgroup">
                    <Cell form={access.form} column={group} record={record} />
                  </th>
                </tr>
              )}
              <RecordRow
                form={access.form}
                columns={columns}
                record={record}
                chosen={selected.has(record.id)}
                links={!search.bin}
                onChosen={choose}
              />
            </Fragment>
          ))}
        </tbody>
      </table>
      {end}
    </section>
  )
}

interface RecordRowProps {
  readonly form: AppForm
  readonly columns: readonly Column[]
  readonly record: RecordAnswer
  readonly chosen: boolean
  readonly links: boolean
  readonly onChosen: (id: string, on: boolean) => void
}

/** Drawn once: more rows below, or another selection, leave it alone. */
const RecordRow = memo(function RecordRow({ form, columns, record, chosen, links, onChosen }: RecordRowProps) {
  const t = useText()
  return (
    <tr className={chosen ? 'on' : undefined}>
      <td className="box">
        <Tick
          label={t('select_row', { title: record.title ?? record.id })}
          checked={chosen}
          onChecked={(on) => onChosen(record.id, on)}
        />
      </td>
      {columns.map((column, at) => (
        <td key={column.name} className={column.right ? 'fl-right' : undefined}>
          {at === 0 && links ? (
            <RowLink form={form.name} record={record}>
              <Cell form={form} column={column} record={record} asLink />
            </RowLink>
          ) : (
            <Cell form={form} column={column} record={record} />
          )}
        </td>
      ))}
    </tr>
  )
})

function RowLink({
  form,
  record,
  children,
}: {
  readonly form: string
  readonly record: RecordAnswer
  readonly children: ReactNode
}) {
  return (
    <Link
      to="/f/$form/$id"
      params={{ form, id: record.id }}
      search={{}}
      className="fl-rowlink"
      aria-label={record.title ?? undefined}
    >
      {children}
    </Link>
  )
}

interface HeadProps {
  readonly column: Column
  readonly sort: readonly string[]
  readonly onSort: (sort: string) => void
}

function Head({ column, sort, onSort }: HeadProps) {
  const label = useLabel()
  const direction = sort.includes(column.name)
    ? 'ascending'
    : sort.includes(`-${column.name}`)
      ? 'descending'
      : undefined
  const text = label(column.label, column.name)
  return (
    <th scope="col" className={column.right ? 'fl-right' : undefined} aria-sort={direction}>
      {column.sortable ? (
        <button
          type="button"
          className="fl-sort"
          onClick={() => onSort(direction === 'ascending' ? `-${column.name}` : column.name)}
        >
          <span className="fl-cut">{text}</span>
          {direction && <Icon name={direction === 'ascending' ? 'arrow-up' : 'arrow-down'} size={14} />}
        </button>
      ) : (
        <span className="fl-cut">{text}</span>
      )}
    </th>
  )
}

/** The column that takes the room that is left: the first with words; a code only where nothing else has any. */
function widest(columns: readonly Column[]): number {
  const isWordy = ({ type, name, field }: Column) =>
    type.is === 'record' || (type.is === 'text' && !type.options && name !== 'state' && field?.kind.name !== 'sequence')
  const found = columns.findIndex((column) => isWordy(column) && !column.field?.definition.unique)
  const code = columns.findIndex(isWordy)
  return found >= 0 ? found : code >= 0 ? code : columns.length - 1
}

function groupStarts(records: readonly RecordAnswer[], index: number, field: string): boolean {
  return index === 0 || JSON.stringify(records[index]?.[field]) !== JSON.stringify(records[index - 1]?.[field])
}

export function toggled(selected: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(selected)
  if (on) next.add(id)
  else next.delete(id)
  return next
}
