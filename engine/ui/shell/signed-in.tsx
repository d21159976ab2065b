/** Everything behind the sign-in: asks who is there, and leads to setup or sign-in when nobody is. */

import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { serverRevision, signedOut } from '../client/connection.ts'
import { useLive } from '../client/live.ts'
import { isProblem } from '../client/problem-error.ts'
import { readSetup } from '../client/session.ts'
import { useApp, WorkspaceProvider } from '../client/workspace.tsx'
import { Button } from '../parts/button.tsx'
import { StatePage } from '../parts/state-page.tsx'
import { useSignal } from '../parts/use-signal.ts'
import { useText } from '../strings/use-text.ts'
import { describeError } from './describe-error.ts'

export function SignedIn({ children }: { readonly children: ReactNode }) {
  const t = useText()
  const app = useApp()
  useFreshRevision(app.data?.revision, () => void app.refetch())
  const outside = isProblem(app.error, 'unauthenticated')
  useEffect(() => {
    if (app.data) document.title = app.data.workspace.name
  }, [app.data])
  if (outside) return <ToTheGate />
  if (app.isPending) return null
  if (!app.data)
    return (
      <StatePage icon="alert-triangle" title={describeError(app.error, t)}>
        <Button onClick={() => void app.refetch()}>{t('try_again')}</Button>
      </StatePage>
    )
  return (
    <WorkspaceProvider app={app.data}>
      <WatchSession />
      <WatchRecords />
      {children}
    </WorkspaceProvider>
  )
}

/** A new revision on any answer means that menu, forms and rights may be others. */
function useFreshRevision(known: number | undefined, refetch: () => void): void {
  const latest = useSignal(serverRevision)
  useEffect(() => {
    if (known !== undefined && latest !== null && latest > known) refetch()
  }, [known, latest, refetch])
}

/** A session that ended meanwhile leads back to the same page after signing in. */
function WatchSession() {
  const ended = useSignal(signedOut)
  const navigate = useNavigate()
  const { href } = useLocation()
  useEffect(() => {
    if (ended === 0) return
    signedOut.value = 0
    void navigate({ to: '/sign-in', search: backTo(href) })
  }, [ended, href, navigate])
  return null
}

/** Draws nothing. */
function WatchRecords(): null {
  useLive()
  return null
}

function ToTheGate() {
  const navigate = useNavigate()
  const { href } = useLocation()
  const wanted = useRef(href)
  const gone = useRef(false)
  const setup = useQuery({ queryKey: ['setup'], queryFn: readSetup, retry: false })
  useEffect(() => {
    if (setup.isPending || gone.current) return
    gone.current = true
    signedOut.value = 0
    if (setup.data?.needed) void navigate({ to: '/setup' })
    else void navigate({ to: '/sign-in', search: backTo(wanted.current) })
  }, [setup.isPending, setup.data, navigate])
  return null
}

/** Home needs no way back, and signing in does not lead to signing in. */
function backTo(href: string): { readonly back?: string } {
  return href === '/' || href.startsWith('/sign-in') ? {} : { back: href }
}
