/** A form's records: saved views as tabs, search, conditions, and the shape that the view asks for. */
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { ViewDefinition } from '#definitions/definition.ts'
import { useForm, useWorkspace } from '../client/workspace.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Menu } from '../parts/menu.tsx'
import { StatePage } from '../parts/state-page.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { BoardView } from './board-view.tsx'
import { CalendarView } from './calendar-view.tsx'
import { download, exportAddress } from './export-address.ts'
import { FilterBar } from './filter-bar.tsx'
import { type ListPlace, lower, pluralOf } from './list-place.ts'
import type { ListSearch } from './list-search.ts'
import { ListView } from './list-view.tsx'
import { TreeView } from './tree-view.tsx'
import { tabsOf } from './view-order.ts'

export interface ListPageProps {
  readonly form: string
  readonly search: ListSearch
}

export function ListPage({ form, search }: ListPageProps) {
  const t = useText()
  const label = useLabel()
  const access = useForm(form)
  const views = useViews(form)
  const navigate = useNavigate()
  if (!access)
    return (
      <>
        <PageHead title={t('not_found')} />
        <StatePage icon="lock" title={t('no_form')} />
      </>
    )
  const view = views.find((one) => one.name === search.view) ?? views[0]
  const onSearch = (change: Partial<ListSearch>) =>
    void navigate({ to: '/f/$form', params: { form }, search: clean({ ...search, ...change }), replace: true })
  const place: ListPlace = { access, view, search, onSearch }
  return (
    <>
      <PageHead
        title={label(pluralOf(access.form), form)}
        beside={
          search.bin ? (
            <span className="fl-ink-2 fl-13">{t('bin')}</span>
          ) : (
            <ViewTabs views={views} current={view} form={form} />
          )
        }
      >
        <ListActs place={place} />
      </PageHead>
      <FilterBar place={place} views={views} />
      <Shape place={place} />
    </>
  )
}

function useViews(form: string): readonly ViewDefinition[] {
  const { app } = useWorkspace()
  return useMemo(() => tabsOf(app.views, form), [app, form])
}

function Shape({ place }: { readonly place: ListPlace }) {
  if (place.search.bin) return <ListView place={place} />
  switch (place.view?.type) {
    case 'board':
      return <BoardView place={place} />
    case 'calendar':
      return <CalendarView place={place} />
    case 'tree':
      return <TreeView place={place} />
    default:
      return <ListView key={place.view?.name} place={place} />
  }
}

const shapeIcons: Readonly<Record<string, string>> = {
  board: 'layout-kanban',
  calendar: 'calendar-month',
  tree: 'list-tree',
}

function ViewTabs({
  views,
  current,
  form,
}: {
  readonly views: readonly ViewDefinition[]
  readonly current: ViewDefinition | undefined
  readonly form: string
}) {
  const t = useText()
  const label = useLabel()
  if (views.length < 2) return null
  return (
    <nav className="fl-tabs fl-only-desk" aria-label={t('views')}>
      {views.map((view) => (
        <Link
          key={view.name}
          to="/f/$form"
          params={{ form }}
          search={{ view: view.name }}
          aria-current={view === current ? 'page' : undefined}
        >
          {shapeIcons[view.type] && <Icon name={shapeIcons[view.type] ?? ''} size={14} />}
          {label(view.label, view.name)}
        </Link>
      ))}
    </nav>
  )
}

function ListActs({ place }: { readonly place: ListPlace }) {
  const t = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const [menu] = useState(t('more'))
  const { access, search, onSearch } = place
  const form = access.form.name
  const entries = [
    ...(access.may('import')
      ? [
          {
            id: 'import',
            label: t('menu_import'),
            icon: 'table-import',
            onPick: () => void navigate({ to: '/import', search: { form } }),
          },
        ]
      : []),
    ...(access.may('export') && !search.bin
      ? (['csv', 'xlsx'] as const).map((format) => ({
          id: format,
          label: t(`export_${format}`),
          icon: 'file-spreadsheet',
          onPick: () => download(exportAddress(place, format)),
        }))
      : []),
    ...(search.bin ? [] : [{ id: 'bin', label: t('bin'), icon: 'trash', onPick: () => onSearch({ bin: true }) }]),
  ]
  return (
    <>
      {entries.length > 0 && <Menu label={menu} entries={entries} />}
      {search.bin ? (
        <Button icon="arrow-left" onClick={() => onSearch(withoutBin)}>
          {t('bin_leave')}
        </Button>
      ) : (
        access.may('create') && (
          <Link className="fl-button primary fl-only-desk" to="/f/$form/new" params={{ form }} search={{}}>
            <Icon name="plus" />
            {t('new_form', { form: lower(label(access.form.label, form)) })}
          </Link>
        )
      )}
    </>
  )
}

const withoutBin = { bin: undefined } as unknown as Partial<ListSearch>

function clean(search: ListSearch): ListSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  ) as ListSearch
}
