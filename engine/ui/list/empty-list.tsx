/** A list with nothing in it says why, and offers the way on. */
import { Link } from '@tanstack/react-router'
import { Button } from '../parts/button.tsx'
import { StatePage } from '../parts/state-page.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { type ListPlace, lower, pluralOf } from './list-place.ts'

const nothingAsked = { q: undefined, where: undefined, match: undefined } as unknown as Partial<ListPlace['search']>

export function EmptyList({ place }: { readonly place: ListPlace }) {
  const t = useText()
  const label = useLabel()
  const { access, search, onSearch } = place
  const name = label(access.form.label, access.form.name)
  if (search.bin) return <StatePage title={t('bin_empty')} />
  if (search.q || search.where) {
    return (
      <StatePage title={t('list_nothing')}>
        <Button onClick={() => onSearch(nothingAsked)}>{t('filter_clear')}</Button>
      </StatePage>
    )
  }
  const names = lower(label(pluralOf(access.form), access.form.name))
  return (
    <StatePage title={t(place.view?.filter === undefined ? 'list_empty' : 'list_view_empty', { form: names })}>
      {access.may('create') && (
        <Link className="fl-button" to="/f/$form/new" params={{ form: access.form.name }} search={{}}>
          {t('new_form', { form: lower(name) })}
        </Link>
      )}
      {access.may('import') && (
        <Link className="fl-button quiet" to="/import" search={{ form: access.form.name }}>
          {t('list_import')}
        </Link>
      )}
    </StatePage>
  )
}
