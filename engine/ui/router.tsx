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
import type { Shelf } from './client/workspace.tsx'
import { parseListSearch } from './list/list-search.ts'
import { StatePage } from './parts/state-page.tsx'
import { PageHead } from './shell/page-head.tsx'
import { SignInPage } from './shell/sign-in-page.tsx'
import { useText } from './strings/use-text.ts'

/** What the composition root fetches: the designer and the kinds. */
export interface Loaders {
  designer(): Promise<{ default: ComponentType }>
  shelf(): Promise<Shelf>
}

const loadList = () => import('./list/list-page.tsx')
const loadRecord = () => import('./record/record-page.tsx')

const ListPage = lazy(() => loadList().then((found) => ({ default: found.ListPage })))
const RecordPage = lazy(() => loadRecord().then((found) => ({ default: found.RecordPage })))
const NewRecordPage = lazy(() => loadRecord().then((found) => ({ default: found.NewRecordPage })))
const ImportPage = lazy(() => import('./import/import-page.tsx').then((found) => ({ default: found.ImportPage })))
const KeysPage = lazy(() => import('./admin/keys-page.tsx').then((found) => ({ default: found.KeysPage })))
const RevisionsPage = lazy(() =>
  import('./admin/revisions-page.tsx').then((found) => ({ default: found.RevisionsPage })),
)
const RolesPage = lazy(() => import('./admin/roles-page.tsx').then((found) => ({ default: found.RolesPage })))
const UsersPage = lazy(() => import('./admin/users-page.tsx').then((found) => ({ default: found.UsersPage })))
const SetupPage = lazy(() => import('./setup/setup-page.tsx').then((found) => ({ default: found.SetupPage })))
const TemplatesPage = lazy(() =>
  import('./setup/templates-page.tsx').then((found) => ({ default: found.TemplatesPage })),
)
const AccountPage = lazy(() => import('./shell/account-page.tsx').then((found) => ({ default: found.AccountPage })))
const HomePage = lazy(() => import('./shell/home-page.tsx').then((found) => ({ default: found.HomePage })))
const Shell = lazy(() => import('./shell/shell.tsx').then((found) => ({ default: found.Shell })))

export function createAppRouter(loaders: Loaders) {
  const Designer = lazy(loaders.designer)
  const Inside = lazy(async () => {
    // Fetched side by side: most visits lead to a list or a record.
    void loadList().then(loadRecord)
    const [shelf, found] = await Promise.all([loaders.shelf(), import('./shell/inside.tsx')])
    return {
      default: () => (
        <found.Inside shelf={shelf}>
          <Outlet />
        </found.Inside>
      ),
    }
  })
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: Broken })
  const gate = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    component: () => (
      <Suspense fallback={null}>
        <Inside />
      </Suspense>
    ),
  })
  const app = createRoute({
    getParentRoute: () => gate,
    id: 'app',
    component: () => (
      <Suspense fallback={null}>
        <Shell>
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </Shell>
      </Suspense>
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
  const setup = createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: () => (
      <Suspense fallback={null}>
        <SetupPage />
      </Suspense>
    ),
  })
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
    page('/revisions', RevisionsPage),
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
