/** A group of the menu: its title and its links; a folded one opens by its title, and while one is on a page of it. */
import { type ReactNode, useId } from 'react'
import { Icon } from '../parts/icon.tsx'
import { useSignal } from '../parts/use-signal.ts'
import type { MenuSection } from './menu-items.ts'
import { MenuLine, useCurrent } from './menu-line.tsx'
import { openedGroups, toggleGroup } from './preferences.ts'

export interface MenuGroupProps {
  readonly section: MenuSection
  readonly rail?: boolean
  readonly onPick?: () => void
}

export function MenuGroup({ section, rail, onPick }: MenuGroupProps) {
  const isCurrent = useCurrent()
  const opened = useSignal(openedGroups).has(section.id)
  const id = useId()
  const lines = (links: MenuSection['links']): ReactNode =>
    links.map((link) => (
      <MenuLine key={link.id} link={link} {...(rail ? { rail } : {})} {...(onPick ? { onPick } : {})} />
    ))
  if (!section.folded)
    return (
      <div>
        <h2>{section.label}</h2>
        {lines(section.links)}
      </div>
    )
  const shown = opened ? section.links : section.links.filter(isCurrent)
  if (rail)
    return (
      shown.length > 0 && (
        <div>
          <h2>{section.label}</h2>
          {lines(shown)}
        </div>
      )
    )
  return (
    <div>
      <h2>
        <button
          type="button"
          className="fold"
          aria-expanded={opened}
          aria-controls={id}
          onClick={() => toggleGroup(section.id)}
        >
          {section.label}
          <Icon name={opened ? 'chevron-down' : 'chevron-right'} size={14} />
        </button>
      </h2>
      <div id={id}>{lines(shown)}</div>
    </div>
  )
}
