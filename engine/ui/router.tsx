/** The addresses of the application. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type RouteComponent,
  useNavigate,
} from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense, useEffect } from 'react'
import { KeysPage } from './admin/keys-page.tsx'
import { RolesPage } from './admin/roles-page.tsx'
import { UsersPage } from './admin/users-page.tsx'
import { ImportPage } from './import/import-page.tsx'
import { ListPage } from './list/list-page.tsx'
import { parseListSearch } from './list/list-search.ts'
import { StatePage } from './parts/state-page.tsx'
import { NewRecordPage, RecordPage } from './record/record-page.tsx'
import { SetupPage } from './setup/setup-page.tsx'
import { TemplatesPage } from './setup/templates-page.tsx'
import { AccountPage } from './shell/account-page.tsx'
import { HomePage } from './shell/home-page.tsx'
import { PageHead } from './shell/page-head.tsx'
import { Shell } from './shell/shell.tsx'
import { SignInPage } from './shell/sign-in-page.tsx'
import { SignedIn } from './shell/signed-in.tsx'
import { useText } from './strings/use-text.ts'

export type LoadDesigner = () => Promise<{ default: ComponentType }>

export function createAppRouter(loadDesigner: LoadDesigner) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken })
  const gate = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    component: () => (
      <SignedIn>
        <Outlet />
      </SignedIn>
    ),
  })
  const app = createRoute({
    getParentRoute: () => gate,
    id: 'app',
    component: () => (
      <Shell>
        <Outlet />
      </Shell>
    ),
  })
  const page = <P extends string>(path: P, component: RouteComponent) =>
    createRoute({ getParentRoute: () => app, path, component })

  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search: Record<string, unknown>) =>
      typeof search['back'] === 'string' ? { back: search['back'] } : {},
    component: function SignIn() {
      return <SignInPage back={(signIn.useSearch() as { back?: string }).back} />
    },
  })
  const setup = createRoute({ getParentRoute: () => root, path: '/setup', component: SetupPage })
  const list = createRoute({
    getParentRoute: () => app,
    path: '/f/$form',
    validateSearch: parseListSearch,
    component: function List() {
      return <ListPage key={list.useParams().form} form={list.useParams().form} search={list.useSearch()} />
    },
  })
  const fresh = createRoute({
    getParentRoute: () => app,
    path: '/f/$form/new',
    validateSearch: textValues,
    component: function New() {
      return <NewRecordPage key={fresh.useParams().form} form={fresh.useParams().form} preset={fresh.useSearch()} />
    },
  })
  const record = createRoute({
    getParentRoute: () => app,
    path: '/f/$form/$id',
    component: function Record() {
      const { form, id } = record.useParams()
      return <RecordPage key={`${form}/${id}`} form={form} id={id} />
    },
  })
  const importing = createRoute({
    getParentRoute: () => app,
    path: '/import',
    validateSearch: textValues,
    component: function Importing() {
      return <ImportPage form={importing.useSearch()['form']} />
    },
  })
  const Designer = lazy(loadDesigner)
  const designer = createRoute({
    getParentRoute: () => gate,
    path: '/designer/$',
    component: () => (
      <Suspense fallback={null}>
        <Designer />
      </Suspense>
    ),
  })
  const pages = [
    page('/', HomePage),
    list,
    fresh,
    record,
    importing,
    page('/templates', TemplatesPage),
    page('/users', UsersPage),
    page('/roles', RolesPage),
    page('/keys', KeysPage),
    page('/account', AccountPage),
  ]
  return createRouter({
    routeTree: root.addChildren([signIn, setup, gate.addChildren([app.addChildren(pages), designer])]),
    defaultPreload: false,
    scrollRestoration: false,
  })
}

function textValues(search: Record<string, unknown>): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function NotFound() {
  const t = useText()
  const navigate = useNavigate()
  useEffect(() => {
    document.title = t('not_found')
  }, [t])
  return (
    <>
      <PageHead title={t('not_found')} />
      <StatePage icon="zoom-question" title={t('page_missing')}>
        <button type="button" className="fl-button" onClick={() => void navigate({ to: '/' })}>
          {t('home')}
        </button>
      </StatePage>
    </>
  )
}

function Broken() {
  const t = useText()
  return (
    <StatePage icon="alert-triangle" title={t('page_broken')}>
      <button type="button" className="fl-button" onClick={() => window.location.reload()}>
        {t('try_again')}
      </button>
    </StatePage>
  )
}
