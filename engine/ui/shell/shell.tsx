/** The frame of every page: menu at the side or a bar at the bottom, the page in the middle. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { offline } from '../client/connection.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { SearchButton } from '../search/search-button.tsx'
import { SearchHost } from '../search/search-host.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { BottomBar } from './bottom-bar.tsx'
import { Logo } from './logo.tsx'
import { MenuGroup } from './menu-group.tsx'
import { type MenuSection, packSections, workspaceSection } from './menu-items.ts'
import { LanguageButton, ThemeButton } from './preference-buttons.tsx'
import { menuCollapsed, toggleMenu } from './preferences.ts'
import { useNarrow } from './use-narrow.ts'

export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useText()
  const narrow = useNarrow(1359)
  const collapsed = useSignal(menuCollapsed)
  const [opened, setOpened] = useState(false)
  const rail = narrow ? !opened : collapsed
  const sections = useSections()
  return (
    <div className={`fl-app ${rail ? 'rail' : 'open'}`}>
      <a className="fl-skip" href="#page">
        {t('skip')}
      </a>
      <SideMenu sections={sections} rail={rail} onToggle={() => (narrow ? setOpened(!opened) : toggleMenu())} />
      <main className="fl-main" id="page" tabIndex={-1}>
        <OfflineBar />
        {children}
      </main>
      <BottomBar sections={sections} />
      <SearchHost sections={sections} />
    </div>
  )
}

function useSections(): readonly MenuSection[] {
  const t = useText()
  const label = useLabel()
  const { app } = useWorkspace()
  return useMemo(() => [...packSections(app, { t, label }), workspaceSection(app, { t, label })], [app, t, label])
}

interface SideMenuProps {
  readonly sections: readonly MenuSection[]
  readonly rail: boolean
  readonly onToggle: () => void
}

function SideMenu({ sections, rail, onToggle }: SideMenuProps) {
  const t = useText()
  const { app } = useWorkspace()
  return (
    <aside className="fl-side">
      <div className="top">
        {!rail && (
          <>
            <Logo />
            <span className="fl-cut fl-grow">{app.workspace.name}</span>
          </>
        )}
        <IconButton
          icon="layout-sidebar"
          size={18}
          label={t(rail ? 'menu_expand' : 'menu_collapse')}
          onClick={onToggle}
        />
      </div>
      <SearchButton rail={rail} />
      <nav aria-label={t('menu_main')}>
        {sections.map((section) => (
          <MenuGroup key={section.id} section={section} rail={rail} />
        ))}
      </nav>
      <div className="me">
        <Link
          to="/account"
          className="person"
          title={app.user.name}
          aria-label={t('account_of', { name: app.user.name })}
        >
          <Avatar id={app.user.id} name={app.user.name} size="large" />
          <span className="wide fl-cut">{app.user.name}</span>
        </Link>
        <LanguageButton compact={rail} />
        <ThemeButton />
      </div>
    </aside>
  )
}

function OfflineBar() {
  const t = useText()
  if (!useSignal(offline)) return null
  return (
    <div className="fl-offline" role="status">
      <Icon name="antenna" />
      <span>{t('offline')}</span>
    </div>
  )
}
