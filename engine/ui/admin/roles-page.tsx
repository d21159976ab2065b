/** What each role may do, form by form, in words. Reading only. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Json } from '#base/json.ts'
import type { RoleAnswer } from '#contract/wire-admin.ts'
import type { Grant } from '#definitions/definition.ts'
import { printText } from '#expressions/text.ts'
import { readRoles } from '../client/admin.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { Button } from '../parts/button.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { describeError } from '../shell/describe-error.ts'
import { PageHead } from '../shell/page-head.tsx'
import { type Translate, useLabel, useText } from '../strings/use-text.ts'

export function RolesPage() {
  const t = useText()
  const label = useLabel()
  const roles = useQuery({ queryKey: ['roles'], queryFn: readRoles })
  const [chosen, setChosen] = useState<string | null>(null)
  const head = <PageHead title={t('menu_roles')} />
  if (roles.isPending)
    return (
      <>
        {head}
        <Skeleton label={t('loading')} />
      </>
    )
  if (roles.isError)
    return (
      <>
        {head}
        <StatePage icon="alert-triangle" title={describeError(roles.error, t)}>
          <Button onClick={() => void roles.refetch()}>{t('try_again')}</Button>
        </StatePage>
      </>
    )
  const role = roles.data.roles.find((one) => one.name === chosen) ?? roles.data.roles[0]
  return (
    <>
      {head}
      <div className="fl-rolespage">
        <nav aria-label={t('menu_roles')}>
          {roles.data.roles.map((one) => (
            <button
              key={one.name}
              type="button"
              aria-current={one === role ? 'true' : undefined}
              onClick={() => setChosen(one.name)}
            >
              <span className="fl-cut">{label(one.label, one.name)}</span>
            </button>
          ))}
        </nav>
        {role && <RoleSheet role={role} />}
      </div>
    </>
  )
}

function RoleSheet({ role }: { readonly role: RoleAnswer }) {
  const t = useText()
  const label = useLabel()
  return (
    <section className="sheet" aria-label={label(role.label, role.name)}>
      <h2 className="fl-sectiontitle">{label(role.label, role.name)}</h2>
      {role.description && <p className="fl-ink-2">{label(role.description)}</p>}
      {role.name === 'admin' && <p>{t('role_admin')}</p>}
      {role.grants.length > 0 && <GrantTable title={t('role_grants')} grants={role.grants} />}
      {role.denies.length > 0 && <GrantTable title={t('role_denies')} grants={role.denies} />}
      {role.grants.length === 0 && role.name !== 'admin' && <p className="fl-ink-2">{t('role_none')}</p>}
    </section>
  )
}

function GrantTable({ title, grants }: { readonly title: string; readonly grants: readonly Grant[] }) {
  const t = useText()
  const label = useLabel()
  const { app } = useWorkspace()
  const formName = (name: string) => label(app.forms.find((form) => form.name === name)?.label, name)
  return (
    <section className="fl-errortable" aria-label={title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('role_form')}</th>
            <th scope="col">{t('role_can')}</th>
            <th scope="col">{t('role_where')}</th>
            <th scope="col">{t('role_fields')}</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((grant) => (
            <tr key={JSON.stringify(grant)}>
              <td>{formName(grant.form)}</td>
              <td>{grant.can.map((verb) => verbText(verb, t)).join(t('list_separator'))}</td>
              <td>{whereText(grant, t)}</td>
              <td>{fieldsText(grant, t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const verbs = ['read', 'create', 'update', 'delete', 'export', 'import'] as const

function verbText(verb: string, t: Translate): string {
  const known = verbs.find((one) => one === verb)
  if (known) return t(`verb_${known}`)
  return verb === '*' ? t('verb_all') : verb.replace('transition:', '')
}

function whereText(grant: Grant, t: Translate): string {
  if (grant.where === undefined || grant.where === true) return t('role_all_rows')
  try {
    return printText(grant.where as Json)
  } catch {
    return JSON.stringify(grant.where)
  }
}

function fieldsText(grant: Grant, t: Translate): string {
  const parts = [
    ['role_show', grant.show],
    ['role_hide', grant.hide],
    ['role_readonly', grant.readonly],
    ['role_mask', grant.mask],
  ] as const
  return (
    parts
      .filter(([, names]) => names?.length)
      .map(([key, names]) => t(key, { names: names?.join(', ') ?? '' }))
      .join('; ') || t('role_all_fields')
  )
}
