/** Who works here: list, add, change, disable. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { AccountAnswer } from '#contract/wire-admin.ts'
import { readRoles, readUsers } from '../client/admin.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton, StatePage } from '../parts/state-page.tsx'
import { describeError } from '../shell/describe-error.ts'
import { PageHead } from '../shell/page-head.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { UserDialog } from './user-dialog.tsx'

export function UsersPage() {
  const t = useText()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed)
  const [open, setOpen] = useState<AccountAnswer | 'new' | null>(null)
  const users = useInfiniteQuery({
    queryKey: ['users', search],
    queryFn: ({ pageParam }) => readUsers(search, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const roles = useQuery({ queryKey: ['roles'], queryFn: readRoles })
  const label = useLabel()
  const roleName = (name: string) => label(roles.data?.roles.find((role) => role.name === name)?.label, name)
  const all = users.data?.pages.flatMap((page) => page.users) ?? []
  return (
    <>
      <PageHead title={t('menu_users')}>
        <Button look="primary" icon="plus" onClick={() => setOpen('new')}>
          {t('user_new')}
        </Button>
      </PageHead>
      <div className="fl-filterbar">
        <label className="fl-search">
          <Icon name="search" />
          <span className="fl-hidden">{t('user_search')}</span>
          <input
            type="search"
            placeholder={t('user_search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      </div>
      {users.isPending && <Skeleton label={t('loading')} />}
      {users.isError && (
        <StatePage icon="alert-triangle" title={describeError(users.error, t)}>
          <Button onClick={() => void users.refetch()}>{t('try_again')}</Button>
        </StatePage>
      )}
      {users.isSuccess && all.length === 0 && <StatePage title={t('list_nothing')} />}
      {all.length > 0 && (
        <section className="fl-tablewrap" aria-label={t('menu_users')}>
          <table className="fl-table fl-plaintable">
            <thead>
              <tr>
                <th scope="col">{t('user_name')}</th>
                <th scope="col">{t('login')}</th>
                <th scope="col">{t('menu_roles')}</th>
                <th scope="col">{t('user_state')}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((user) => (
                <tr key={user.id}>
                  <td>
                    <button type="button" className="fl-rowlink" onClick={() => setOpen(user)}>
                      <span className="fl-person">
                        <Avatar id={user.id} name={user.name} />
                        <span className="fl-cut">{user.name}</span>
                      </span>
                    </button>
                  </td>
                  <td className="fl-cut">{user.login}</td>
                  <td className="fl-cut" title={user.roles.map(roleName).join(', ')}>
                    {user.roles.map(roleName).join(t('list_separator'))}
                  </td>
                  <td>{user.active ? t('user_active') : <span className="fl-ink-3">{t('user_disabled')}</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {users.hasNextPage && (
            <div className="fl-padded">
              <Button onClick={() => void users.fetchNextPage()}>{t('list_more')}</Button>
            </div>
          )}
        </section>
      )}
      {open !== null && (
        <UserDialog user={open === 'new' ? null : open} roles={roles.data?.roles ?? []} onClose={() => setOpen(null)} />
      )}
    </>
  )
}
