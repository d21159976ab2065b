/** What opens the search: in the menu, and on a phone in the head of the page. */
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { openSearch, searchOffered } from './search-state.ts'

export function SearchButton({ rail }: { readonly rail: boolean }) {
  const t = useText()
  return (
    <button
      type="button"
      className={`fl-find ${rail ? 'rail' : ''}`}
      aria-label={t('find')}
      aria-keyshortcuts="Control+K /"
      aria-haspopup="dialog"
      title={rail ? t('find') : undefined}
      onClick={openSearch}
    >
      <Icon name="search" />
      {!rail && (
        <>
          <span className="fl-grow fl-cut">{t('find')}</span>
          <span className="fl-kbd" aria-hidden="true">
            Ctrl K
          </span>
        </>
      )}
    </button>
  )
}

export function PhoneSearchButton() {
  const t = useText()
  if (!useSignal(searchOffered)) return null
  return <IconButton icon="search" size={20} label={t('find')} className="fl-only-phone" onClick={openSearch} />
}
