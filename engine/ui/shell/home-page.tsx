/** Home: the first entry of the menu; before any template is installed, the gallery. */
import { Navigate } from '@tanstack/react-router'
import { useWorkspace } from '../client/workspace.tsx'
import { StatePage } from '../parts/state-page.tsx'
import { useLabel, useText } from '../strings/use-text.ts'
import { packSections } from './menu-items.ts'
import { PageHead } from './page-head.tsx'

export function HomePage() {
  const t = useText()
  const label = useLabel()
  const { app } = useWorkspace()
  const first = packSections(app, { t, label })[0]?.links[0]
  if (first) return <Navigate to={first.to} search={first.view ? { view: first.view } : {}} replace />
  if (app.admin) return <Navigate to="/templates" replace />
  return (
    <>
      <PageHead title={app.workspace.name} />
      <StatePage icon="inbox" title={t('home_empty')} />
    </>
  )
}
