/** One's own settings: language, password, sign out. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changeSession, signOut } from '../client/session.ts'
import { useWorkspace } from '../client/workspace.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { SelectBox, TextBox } from '../parts/text-box.tsx'
import { showToast } from '../parts/toast.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { describeError } from './describe-error.ts'
import { PageHead } from './page-head.tsx'
import { chooseLocale, locale } from './preferences.ts'

export function AccountPage() {
  const t = useText()
  const { app } = useWorkspace()
  return (
    <>
      <PageHead title={t('account')}>
        <SignOutButton />
      </PageHead>
      <div className="fl-page">
        <div className="narrow fl-stack">
          <p className="fl-ink-2">
            {app.user.name} · {app.user.login}
          </p>
          <LocaleChoice />
          <PasswordForm />
        </div>
      </div>
    </>
  )
}

function SignOutButton() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  async function leave(): Promise<void> {
    await signOut()
    client.clear()
    await navigate({ to: '/sign-in', search: {} })
  }
  return (
    <Button icon="logout" onClick={() => void leave()}>
      {t('sign_out')}
    </Button>
  )
}

function LocaleChoice() {
  const t = useText()
  const current = useSignal(locale)
  function choose(next: string): void {
    chooseLocale(next)
    changeSession({ locale: next }).catch((error: unknown) => showToast(describeError(error, t)))
  }
  return (
    <SelectBox
      label={t('language')}
      value={current}
      onValue={choose}
      options={[
        { value: 'en', label: 'English' },
        { value: 'zh-CN', label: '中文' },
      ]}
    />
  )
}

function PasswordForm() {
  const t = useText()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  async function save(): Promise<void> {
    try {
      await changeSession({ password: next, current_password: current })
      setCurrent('')
      setNext('')
      setFailure(null)
      showToast(t('password_changed'))
    } catch (error) {
      setFailure(error)
    }
  }
  return (
    <form
      className="fl-panel fl-stack fl-padded"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2 className="fl-sectiontitle">{t('password_change')}</h2>
      {failure !== null && (
        <p className="fl-note red" role="alert">
          <Icon name="alert-triangle" />
          <span>{describeError(failure, t)}</span>
        </p>
      )}
      <TextBox
        label={t('password_current')}
        type="password"
        value={current}
        onValue={setCurrent}
        autoComplete="current-password"
        required
      />
      <TextBox
        label={t('password_new')}
        type="password"
        value={next}
        onValue={setNext}
        autoComplete="new-password"
        help={t('password_rule')}
        required
      />
      <div>
        <Button type="submit" disabled={!current || !next}>
          {t('password_save')}
        </Button>
      </div>
    </form>
  )
}
