/** Sign in: one uniform answer for every failure, as the server gives it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { readSetup, signIn } from '../client/session.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { TextBox } from '../parts/text-box.tsx'
import { useText } from '../strings/use-text.ts'
import { describeError } from './describe-error.ts'
import { Gate } from './gate.tsx'
import { chooseLocale } from './preferences.ts'

export function SignInPage({ back }: { readonly back?: string | undefined }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const setup = useQuery({ queryKey: ['setup'], queryFn: readSetup, retry: false })
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setBusy(true)
    try {
      const { user } = await signIn(login, password)
      chooseLocale(user.locale)
      client.clear()
      await navigate({ to: back && /^\/(?![/\\])/.test(back) ? back : '/' })
    } catch (error) {
      setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Gate>
      <form className="fl-card" onSubmit={(event) => void submit(event)}>
        <h1>{t('sign_in')}</h1>
        {setup.data?.needed && (
          <p className="fl-note blue">
            <Icon name="info-circle" />
            <span>
              {t('setup_needed')} <Link to="/setup">{t('setup_start')}</Link>
            </span>
          </p>
        )}
        {failure !== null && (
          <p className="fl-note red" role="alert">
            <Icon name="alert-triangle" />
            <span>{describeError(failure, t)}</span>
          </p>
        )}
        <TextBox label={t('login')} value={login} onValue={setLogin} autoComplete="username" autoFocus required />
        <TextBox
          label={t('password')}
          type="password"
          value={password}
          onValue={setPassword}
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="primary" className="wide" disabled={busy}>
          {t('sign_in')}
        </Button>
      </form>
    </Gate>
  )
}
