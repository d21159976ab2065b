/** First run: the code from the console makes the first admin, once. */
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { setUp } from '../client/session.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { SelectBox, TextBox } from '../parts/text-box.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { describeError, fieldError } from '../shell/describe-error.ts'
import { Gate } from '../shell/gate.tsx'
import { chooseLocale, locale } from '../shell/preferences.ts'
import { useText } from '../strings/use-text.ts'

const empty = { code: '', workspace: '', name: '', login: '', password: '' }

export function SetupPage() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const language = useSignal(locale)
  const [values, setValues] = useState(empty)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const set = (name: keyof typeof empty) => (value: string) => setValues({ ...values, [name]: value })
  const wrong = (name: string) => fieldError(failure, `/${name}`)
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    try {
      const { workspace, ...person } = values
      await setUp({ ...person, locale: language, ...(workspace ? { workspace } : {}) })
      client.clear()
      await navigate({ to: '/templates' })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Gate title={t('setup_title')}>
      <form className="fl-card" onSubmit={(event) => void submit(event)}>
        <h1>{t('setup_heading')}</h1>
        {failure !== null && (
          <p className="fl-note red" role="alert">
            <Icon name="alert-triangle" />
            <span>{describeError(failure, t)}</span>
          </p>
        )}
        <TextBox
          label={t('setup_code')}
          value={values.code}
          onValue={set('code')}
          help={t('setup_code_help')}
          problem={wrong('code')}
          placeholder="XXXX-XXXX"
          autoFocus
          required
          autoComplete="off"
        />
        <TextBox
          label={t('setup_workspace')}
          value={values.workspace}
          onValue={set('workspace')}
          problem={wrong('workspace')}
        />
        <TextBox
          label={t('your_name')}
          value={values.name}
          onValue={set('name')}
          problem={wrong('name')}
          autoComplete="name"
          required
        />
        <TextBox
          label={t('login')}
          value={values.login}
          onValue={set('login')}
          problem={wrong('login')}
          help={t('login_help')}
          autoComplete="username"
          required
        />
        <TextBox
          label={t('password')}
          type="password"
          value={values.password}
          onValue={set('password')}
          problem={wrong('password')}
          help={t('password_rule')}
          autoComplete="new-password"
          required
        />
        <SelectBox
          label={t('language')}
          value={language}
          onValue={chooseLocale}
          options={[
            { value: 'en', label: 'English' },
            { value: 'zh-CN', label: '中文' },
          ]}
        />
        <Button type="submit" look="primary" className="wide" disabled={busy}>
          {t('setup_submit')}
        </Button>
      </form>
    </Gate>
  )
}
