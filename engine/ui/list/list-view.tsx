/** Records as dense rows on the desk and as cards on the phone, with paging, counting and acts on the selection. */
import { useMemo, useState } from 'react'
import type { RecordAnswer } from '#contract/wire-record.ts'
import { Button } from '../parts/button.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { describeError } from '../shell/describe-error.ts'
import { phoneWidth, useNarrow } from '../shell/use-narrow.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { BulkBar } from './bulk-bar.tsx'
import { type Column, listColumns } from './columns.ts'
import { EmptyList } from './empty-list.tsx'
import { ListEnd } from './list-end.tsx'
import type { ListPlace } from './list-place.ts'
import { type ListQuestion, useCount, useList } from './list-query.ts'
import { RecordCards } from './record-cards.tsx'
import { RecordTable } from './record-table.tsx'
import { rememberList } from './stepping.ts'

export function ListView({ place }: { readonly place: ListPlace }) {
  const t = useText()
  const { access, view, search } = place
  const phone = useNarrow(phoneWidth)
  const columns = useMemo(
    () => listColumns(access.model, search.columns?.split(',') ?? view?.columns),
    [access.model, search.columns, view],
  )
  const question: ListQuestion = {
    form: access.form.name,
    view,
    search,
    fields: fieldsFor(columns, access.model.lifecycle !== undefined),
  }
  const list = useList(question)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  if (list.isPending) return <Skeleton label={t('loading')} rows={phone ? 6 : 14} />
  if (list.isError)
    return (
      <StatePage icon="alert-triangle" title={describeError(list.error, t)}>
        <Button onClick={() => void list.refetch()}>{t('try_again')}</Button>
      </StatePage>
    )
  const records = list.data.pages.flatMap((page) => page.records)
  rememberList(
    access.form.name,
    records.map((record) => record.id),
  )
  if (records.length === 0) return <EmptyList place={place} />
  const chosen = records.filter((record) => selected.has(record.id))
  const end = list.hasNextPage && <ListEnd busy={list.isFetchingNextPage} onReach={() => void list.fetchNextPage()} />
  const table = { place, columns, records, selected, onSelect: setSelected, end }
  return (
    <>
      {phone ? <RecordCards {...table} /> : <RecordTable {...table} />}
      {chosen.length > 0 ? (
        <BulkBar place={place} chosen={chosen} onClear={() => setSelected(new Set())} />
      ) : (
        <Footer
          question={question}
          shown={records}
          more={list.hasNextPage}
          busy={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </>
  )
}

interface FooterProps {
  readonly question: ListQuestion
  readonly shown: readonly RecordAnswer[]
  readonly more: boolean
  readonly busy: boolean
  readonly onMore: () => void
}

function Footer({ question, shown, more, busy, onMore }: FooterProps) {
  const t = useText()
  const label = useLabel()
  const [wanted, setWanted] = useState(false)
  const count = useCount(question, wanted && more)
  const total = more ? count.data : shown.length
  return (
    <footer className="fl-listfoot">
      <span>
        {typeof total === 'number'
          ? t('list_of', { shown: shown.length, count: total })
          : t('list_shown', { count: shown.length })}
      </span>
      {more && typeof total !== 'number' && (
        <Button small look="link" disabled={count.isFetching} onClick={() => setWanted(true)}>
          {t('list_count')}
        </Button>
      )}
      <span className="fl-grow" />
      {more && (
        <Button small disabled={busy} onClick={onMore}>
          {busy ? t('loading') : t('list_more')}
        </Button>
      )}
      <span className="fl-hidden" role="status">
        {label(question.view?.label)} {t('list_shown', { count: shown.length })}
      </span>
    </footer>
  )
}

/** What the rows need: the columns, what decides their currency, the title and the state. */
function fieldsFor(columns: readonly Column[], lifecycle: boolean): readonly string[] {
  const currencies = columns.flatMap((column) => {
    const named = column.field?.definition['currency']
    return typeof named === 'string' && /^[a-z]/.test(named) ? [named] : []
  })
  return [
    ...new Set(['title', ...(lifecycle ? ['state'] : []), ...columns.map((column) => column.name), ...currencies]),
  ]
}
