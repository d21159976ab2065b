/** Records below each other by a link to their own form; a branch is read when it opens. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Json } from '#base/json.ts'
import { listRecords } from '../client/records.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import { EmptyList } from './empty-list.tsx'
import type { ListPlace } from './list-place.ts'
import { sortOf, wholeFilter } from './list-query.ts'
import { both } from './list-search.ts'

export function TreeView({ place }: { readonly place: ListPlace }) {
  return (
    <div className="fl-tree">
      <Branch place={place} under={null} depth={0} />
    </div>
  )
}

interface BranchProps {
  readonly place: ListPlace
  readonly under: string | null
  readonly depth: number
}

function Branch({ place, under, depth }: BranchProps) {
  const t = useText()
  const { access, view, search } = place
  const parent = view?.parent ?? 'parent'
  const searching = Boolean(search.q) && under === null
  const level: Json = under === null ? { empty: { var: parent } } : { '==': [{ var: parent }, under] }
  const filter = searching ? wholeFilter(place) : both(wholeFilter(place), level)
  const query = {
    filter,
    sort: sortOf(place),
    fields: ['title'],
    limit: 500,
    ...(searching && search.q ? { search: search.q } : {}),
  }
  const records = useQuery({
    queryKey: ['records', access.form.name, 'tree', query],
    queryFn: () => listRecords(access.form.name, query),
  })
  if (records.isPending) return <Skeleton label={t('loading')} rows={3} />
  if (records.isError)
    return (
      <StatePage icon="alert-triangle" title={describeError(records.error, t)}>
        <Button onClick={() => void records.refetch()}>{t('try_again')}</Button>
      </StatePage>
    )
  if (records.data.records.length === 0 && under === null) return <EmptyList place={place} />
  return (
    <ul aria-label={under === null ? t('tree') : undefined}>
      {records.data.records.map((record) => (
        <Node key={record.id} place={place} id={record.id} title={record.title ?? record.id} depth={depth} />
      ))}
      {records.data.records.length === 0 && (
        <li className="line fl-ink-3" style={{ paddingLeft: 20 + depth * 20 + 32 }}>
          {t('tree_leaf')}
        </li>
      )}
    </ul>
  )
}

function Node({
  place,
  id,
  title,
  depth,
}: {
  readonly place: ListPlace
  readonly id: string
  readonly title: string
  readonly depth: number
}) {
  const t = useText()
  const [open, setOpen] = useState(false)
  return (
    <li>
      <div className="line" style={{ paddingLeft: 20 + depth * 20 }}>
        <IconButton
          icon={open ? 'chevron-down' : 'chevron-right'}
          label={t(open ? 'close_of' : 'open_of', { title })}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
        <Link to="/f/$form/$id" params={{ form: place.access.form.name, id }} search={{}}>
          {title}
        </Link>
      </div>
      {open && <Branch place={place} under={id} depth={depth + 1} />}
    </li>
  )
}
