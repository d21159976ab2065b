/** One link of the menu; marked when one is there. */
import { Link, useLocation } from '@tanstack/react-router'
import type { AppAnswer } from '#contract/wire-app.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { tabsOf } from '../list/view-order.ts'
import { Icon } from '../parts/icon.tsx'
import type { MenuLink } from './menu-items.ts'

/** The router marks its own idea of where one is; it must not mark the form beside the view. */
const wholeAddress = { exact: true, includeSearch: true }

export function MenuLine({
  link,
  rail,
  onPick,
}: {
  readonly link: MenuLink
  readonly rail?: boolean
  readonly onPick?: () => void
}) {
  const on = useCurrent()(link)
  return (
    <Link
      to={link.to}
      search={link.view ? { view: link.view } : {}}
      onClick={onPick}
      aria-current={on ? 'page' : undefined}
      activeOptions={wholeAddress}
      title={rail ? link.label : undefined}
      aria-label={rail ? link.label : undefined}
    >
      <Icon name={link.icon} size={18} />
      {!rail && <span className="fl-cut">{link.label}</span>}
    </Link>
  )
}

/** A link is current on its own view; one to a whole form on those that no other link opens; any other below its address. */
export function useCurrent(): (link: MenuLink) => boolean {
  const { app } = useWorkspace()
  const { pathname, search } = useLocation()
  return (link) => {
    if (pathname !== link.to && !pathname.startsWith(`${link.to}/`)) return false
    const form = link.to.startsWith('/f/') ? link.to.split('/')[2] : undefined
    return form === undefined || link.view === openedView(app, form, (search as { view?: string }).view)
  }
}

/** The view by which the menu marks where one is; undefined: the link to the whole form. */
function openedView(app: AppAnswer, form: string, chosen: string | undefined): string | undefined {
  const views = tabsOf(app.views, form).map(({ name }) => name)
  const items = app.menu.flatMap((group) => group.items)
  const shown = chosen ?? views[0]
  if (items.some((item) => item.view === shown)) return shown
  return items.some((item) => item.form === form)
    ? undefined
    : items.find((item) => views.includes(item.view ?? ''))?.view
}
