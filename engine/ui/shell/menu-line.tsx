/** One link of the menu; marked when one is there. */
import { Link, useLocation } from '@tanstack/react-router'
import { useWorkspace } from '../client/workspace.tsx'
import { Icon } from '../parts/icon.tsx'
import type { MenuLink } from './menu-items.ts'

export function MenuLine({ link, rail, onPick }: { readonly link: MenuLink; readonly rail?: boolean; readonly onPick?: () => void }) {
  const on = useIsCurrent(link)
  return (
    <Link
      to={link.to} search={link.view ? { view: link.view } : {}} onClick={onPick} aria-current={on ? 'page' : undefined}
      title={rail ? link.label : undefined} aria-label={rail ? link.label : undefined}
    >
      <Icon name={link.icon} size={18} />
      {!rail && <span className="fl-cut">{link.label}</span>}
    </Link>
  )
}

/** A link is current on its own view; one without a view on every page below its address. */
function useIsCurrent(link: MenuLink): boolean {
  const { app } = useWorkspace()
  const { pathname, search } = useLocation()
  if (pathname !== link.to && !pathname.startsWith(`${link.to}/`)) return false
  if (!link.view) return true
  const chosen = (search as { view?: string }).view
  const form = link.to.split('/')[2]
  const inMenu = app.menu.flatMap((group) => group.items).filter((item) => app.views.some((view) => view.name === item.view && view.form === form))
  const shown = inMenu.find((item) => item.view === chosen)?.view ?? inMenu[0]?.view
  return shown === link.view
}
