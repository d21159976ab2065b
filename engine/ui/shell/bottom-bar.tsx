/** The phone's bar: the first entry, where one is now, a new record, the whole menu as a sheet. */
import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useForm, useWorkspace } from '../client/workspace.tsx'
import { pluralOf } from '../list/list-place.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { openSearch } from '../search/search-state.ts'
import { useLabel, useText } from '../strings/use-text.ts'
import { MenuGroup } from './menu-group.tsx'
import type { MenuSection } from './menu-items.ts'
import { LanguageButton, ThemeButton } from './preference-buttons.tsx'

export function BottomBar({ sections }: { readonly sections: readonly MenuSection[] }) {
  const t = useText()
  const label = useLabel()
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  const name = pathname.startsWith('/f/') ? (pathname.split('/')[2] ?? '') : ''
  const access = useForm(name)
  return (
    <>
      <nav className="fl-bottom" aria-label={t('menu_main')}>
        <Link to="/" aria-current={pathname === '/' ? 'page' : undefined}>
          <Icon name="home" size={22} />
          {t('home')}
        </Link>
        {access ? (
          <Link to="/f/$form" params={{ form: name }} search={{}} aria-current="page">
            <Icon name={access.form.icon ?? 'file-text'} size={22} />
            <span className="fl-cut">{label(pluralOf(access.form), name)}</span>
          </Link>
        ) : (
          <span />
        )}
        {access?.may('create') ? (
          <Link to="/f/$form/new" params={{ form: name }} search={{}}>
            <Icon name="plus" size={22} />
            {t('new')}
          </Link>
        ) : (
          <span />
        )}
        <button type="button" onClick={() => setOpen(true)} aria-expanded={open}>
          <Icon name="menu-2" size={22} />
          {t('menu')}
        </button>
      </nav>
      {open && <MenuSheet sections={sections} onClose={() => setOpen(false)} />}
    </>
  )
}

function MenuSheet({ sections, onClose }: { readonly sections: readonly MenuSection[]; readonly onClose: () => void }) {
  const t = useText()
  const { app } = useWorkspace()
  const search = () => {
    onClose()
    openSearch()
  }
  return (
    <div
      className="fl-sheet"
      role="dialog"
      aria-modal="true"
      aria-label={t('menu')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header>
        <span className="fl-grow fl-cut">{app.workspace.name}</span>
        <IconButton icon="search" size={20} label={t('find')} onClick={search} />
        <LanguageButton />
        <ThemeButton />
        <IconButton icon="x" size={20} label={t('close')} onClick={onClose} autoFocus />
      </header>
      <div className="content">
        <div className="links">
          {sections.map((section) => (
            <MenuGroup key={section.id} section={section} onPick={onClose} />
          ))}
          <Link to="/account" onClick={onClose}>
            <Icon name="user" size={18} />
            {t('account')}
          </Link>
        </div>
      </div>
    </div>
  )
}
