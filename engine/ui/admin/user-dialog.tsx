/** Add or change a person: sign-in, roles, team, manager; a new password ends all sessions. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AccountAnswer, AccountChange, RoleAnswer } from '#contract/wire-admin.ts'
import { changeUser, createUser } from '../client/admin.ts'
import { LinkPicker } from '../form/link-picker.tsx'
import { Button } from '../parts/button.tsx'
import { Switch } from '../parts/checks.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { SelectBox, TextBox } from '../parts/text-box.tsx'
import { showToast } from '../parts/toast.tsx'
import { describeError, fieldError } from '../shell/describe-error.ts'
import { useLabel, useText } from '../strings/use-text.ts'

export interface UserDialogProps {
  readonly user: AccountAnswer | null
  readonly roles: readonly RoleAnswer[]
  readonly onClose: () => void
}

interface UserValues {
  readonly name: string
  readonly login: string
  readonly password: string
  readonly locale: string
  readonly roles: readonly string[]
  readonly team: string | null
  readonly manager: string | null
  readonly active: boolean
}

export function UserDialog({ user, roles, onClose }: UserDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const [values, setValues] = useState<UserValues>({
    name: user?.name ?? '',
    login: user?.login ?? '',
    password: '',
    locale: user?.locale ?? 'en',
    roles: user?.roles ?? [],
    team: user?.team ?? null,
    manager: user?.manager ?? null,
    active: user?.active ?? true,
  })
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const set = <K extends keyof UserValues>(name: K, value: UserValues[K]) =>
    setValues((old) => ({ ...old, [name]: value }))
  async function save(): Promise<void> {
    setBusy(true)
    try {
      if (user) await changeUser(user.id, changesOf(user, values))
      else await createUser(newUser(values))
      await client.invalidateQueries({ queryKey: ['users'] })
      showToast(t(user ? 'saved' : 'user_created'))
      onClose()
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={user ? user.name : t('user_new')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" look="primary" disabled={busy}>
            {t('save')}
          </Button>
        </>
      }
    >
      {failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(failure, t)}</span>
        </p>
      )}
      <TextBox
        label={t('user_name')}
        value={values.name}
        onValue={(name) => set('name', name)}
        problem={fieldError(failure, '/name')}
        required
        autoFocus
      />
      <TextBox
        label={t('login')}
        value={values.login}
        onValue={(login) => set('login', login)}
        problem={fieldError(failure, '/login')}
        autoComplete="off"
        required
      />
      <TextBox
        label={t(user ? 'password_new' : 'password')}
        type="password"
        value={values.password}
        onValue={(password) => set('password', password)}
        problem={fieldError(failure, '/password')}
        help={t(user ? 'user_password_help' : 'password_rule')}
        autoComplete="new-password"
        required={!user}
      />
      <RoleChoice roles={roles} chosen={values.roles} onChosen={(chosen) => set('roles', chosen)} />
      <Labelled label={t('user_team')}>
        {(ids) => (
          <LinkPicker
            form="team"
            label={t('user_team')}
            ids={ids}
            value={values.team}
            onValue={(team) => set('team', team?.id ?? null)}
          />
        )}
      </Labelled>
      <Labelled label={t('user_manager')}>
        {(ids) => (
          <LinkPicker
            form="user"
            label={t('user_manager')}
            ids={ids}
            value={values.manager}
            onValue={(manager) => set('manager', manager?.id ?? null)}
          />
        )}
      </Labelled>
      <SelectBox
        label={t('language')}
        value={values.locale}
        onValue={(locale) => set('locale', locale)}
        options={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '中文' },
        ]}
      />
      {user && (
        <Switch
          label={t('user_active')}
          help={t('user_active_help')}
          checked={values.active}
          onChecked={(active) => set('active', active)}
        />
      )}
    </Dialog>
  )
}

interface RoleChoiceProps {
  readonly roles: readonly RoleAnswer[]
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: readonly string[]) => void
}

function RoleChoice({ roles, chosen, onChosen }: RoleChoiceProps) {
  const t = useText()
  const label = useLabel()
  return (
    <fieldset>
      <legend className="fl-label">{t('menu_roles')}</legend>
      <div className="fl-roles">
        {roles.map((role) => (
          <Switch
            key={role.name}
            look="check"
            label={label(role.label, role.name)}
            checked={chosen.includes(role.name)}
            onChecked={(on) => onChosen(on ? [...chosen, role.name] : chosen.filter((name) => name !== role.name))}
          />
        ))}
      </div>
    </fieldset>
  )
}

function newUser({ active: _active, ...values }: UserValues): AccountChange {
  return values
}

function changesOf(user: AccountAnswer, values: UserValues): AccountChange {
  const { password, ...rest } = values
  const before = user as unknown as Readonly<Record<string, unknown>>
  const changed = Object.entries(rest).filter(
    ([name, value]) => JSON.stringify(before[name] ?? null) !== JSON.stringify(value),
  )
  return { ...Object.fromEntries(changed), ...(password ? { password } : {}) }
}
