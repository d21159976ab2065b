/** Search first, then the conditions as chips that read as sentences, then columns and order. */
import { useEffect, useRef, useState } from 'react'
import type { ViewDefinition } from '#definitions/definition.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { Popover } from '../parts/popover.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { ConditionBuilder } from './condition-builder.tsx'
import { useConditionText } from './condition-text.ts'
import type { Condition } from './conditions.ts'
import { type ListPlace, lower, pluralOf } from './list-place.ts'

export interface FilterBarProps {
  readonly place: ListPlace
  readonly views: readonly ViewDefinition[]
}

const unset = undefined as never

export function FilterBar({ place, views }: FilterBarProps) {
  const t = useText()
  const label = useLabel()
  const { access, search, onSearch } = place
  const changed = search.where !== undefined || search.sort !== undefined || search.columns !== undefined
  const viewEntries = views.map((view) => ({
    id: view.name,
    label: label(view.label, view.name),
    on: view === place.view,
    onPick: () => onSearch({ view: view.name, where: unset, sort: unset, columns: unset }),
  }))
  return (
    <div className="fl-filterbar">
      {views.length > 1 && (
        <span className="fl-only-phone">
          <Menu
            label={t('views')}
            icon="layout-list"
            text={label(place.view?.label)}
            entries={viewEntries}
            align="start"
          />
        </span>
      )}
      <SearchBox
        key={access.form.name}
        value={search.q ?? ''}
        placeholder={t('search_in', { form: lower(label(pluralOf(access.form), access.form.name)) })}
        onValue={(q) => onSearch({ q: q || unset })}
      />
      <Chips place={place} />
      {changed && (
        <Button
          small
          look="quiet"
          onClick={() => onSearch({ where: unset, match: unset, sort: unset, columns: unset })}
        >
          {t('reset')}
        </Button>
      )}
      <span className="fl-grow" />
      {(place.view?.type ?? 'list') === 'list' && (
        <span className="fl-only-desk">
          <ColumnsMenu place={place} />
        </span>
      )}
    </div>
  )
}

function SearchBox({
  value,
  placeholder,
  onValue,
}: {
  readonly value: string
  readonly placeholder: string
  readonly onValue: (value: string) => void
}) {
  const [typed, setTyped] = useState(value)
  const latest = useRef(onValue)
  latest.current = onValue
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => latest.current(typed), 300)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <label className="fl-search">
      <Icon name="search" />
      <span className="fl-hidden">{placeholder}</span>
      <input
        type="search"
        value={typed}
        placeholder={placeholder}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onValue(typed)
        }}
      />
    </label>
  )
}

/** The chips; clicking one, or the dashed one, opens the builder with all of them. */
function Chips({ place }: { readonly place: ListPlace }) {
  const t = useText()
  const describe = useConditionText(place.access.model)
  const [open, setOpen] = useState(false)
  const add = useRef<HTMLButtonElement>(null)
  const { search, onSearch } = place
  const where = search.where ?? []
  const set = (next: readonly Condition[]) => onSearch({ where: next.length ? next : unset })
  return (
    <>
      {where.map((condition, index) => {
        const words = describe(condition)
        return (
          <span key={JSON.stringify(condition)} className="fl-chip">
            <button type="button" className="fl-cut" onClick={() => setOpen(true)}>
              <span className="key">
                {words.field} {words.operator}
              </span>{' '}
              <span className="value">{words.value}</span>
            </button>
            <IconButton
              icon="x"
              size={14}
              label={t('filter_remove', { filter: `${words.field} ${words.operator} ${words.value}` })}
              onClick={() => set(where.filter((_, at) => at !== index))}
            />
          </span>
        )
      })}
      <button ref={add} type="button" className="fl-chip add" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="plus" size={14} />
        {t('filter')}
      </button>
      {open && (
        <Popover anchor={add} label={t('filter')} padded onClose={() => setOpen(false)}>
          <ConditionBuilder
            form={place.access}
            filter={{ match: search.match ?? 'all', conditions: where }}
            onFilter={(filter) =>
              onSearch({
                where: filter.conditions.length ? filter.conditions : unset,
                match: filter.match === 'any' ? 'any' : unset,
              })
            }
            onDone={() => setOpen(false)}
          />
        </Popover>
      )}
    </>
  )
}
