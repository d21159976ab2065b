/** The menu as links: the packs' groups by role, then what builders and admins have. */

import type { Text } from '#base/text.ts'
import type { AppAnswer } from '#contract/wire-app.ts'
import { pluralOf } from '../list/list-place.ts'
import type { Translate } from '../strings/use-text.ts'

export interface MenuLink {
  readonly id: string
  readonly label: string
  readonly icon: string
  readonly to: string
  readonly view?: string
}
export interface MenuSection {
  readonly id: string
  readonly label: string
  /** Closed until somebody opens it. */
  readonly folded?: boolean
  readonly links: readonly MenuLink[]
}

export interface Words {
  readonly t: Translate
  readonly label: (text: Text | undefined, fallback?: string) => string
}

export function packSections(app: AppAnswer, { label, t }: Words): readonly MenuSection[] {
  return app.menu
    .map((group) => ({
      id: group.id,
      label: label(group.label, group.id),
      folded: group.place === 'end',
      links: group.items.flatMap((item) => linkOf(app, item, { label, t })),
    }))
    .filter((section) => section.links.length > 0)
}

function linkOf(app: AppAnswer, item: AppAnswer['menu'][number]['items'][number], { label }: Words): MenuLink[] {
  const view = app.views.find((one) => one.name === item.view)
  const form = app.forms.find((one) => one.name === (item.form ?? view?.form))
  if (!form) return []
  return [
    {
      id: item.view ?? form.name,
      label: label(item.label ?? view?.label ?? pluralOf(form), form.name),
      icon: item.icon ?? view?.icon ?? form.icon ?? 'file-text',
      to: `/f/${form.name}`,
      ...(view ? { view: view.name } : {}),
    },
  ]
}

export function workspaceSection(app: AppAnswer, { t }: Words): MenuSection {
  const links: MenuLink[] = [
    ...(app.forms.some((form) => may(form.policy.verbs, 'import'))
      ? [{ id: 'import', label: t('menu_import'), icon: 'table-import', to: '/import' }]
      : []),
    ...(app.builder || app.admin
      ? [
          { id: 'designer', label: t('menu_designer'), icon: 'tools', to: '/designer' },
          { id: 'revisions', label: t('menu_revisions'), icon: 'history', to: '/revisions' },
        ]
      : []),
    ...(app.admin
      ? [
          { id: 'templates', label: t('menu_templates'), icon: 'layout-grid', to: '/templates' },
          { id: 'users', label: t('menu_users'), icon: 'users', to: '/users' },
          { id: 'roles', label: t('menu_roles'), icon: 'shield-check', to: '/roles' },
        ]
      : []),
    { id: 'keys', label: t('menu_keys'), icon: 'key', to: '/keys' },
  ]
  return { id: 'workspace', label: t('menu_workspace'), links }
}

export function may(verbs: readonly string[], verb: string): boolean {
  return verbs.includes('*') || verbs.includes(verb)
}
