/** Composition root of the run-time pages: the shelf, the router, the query cache. */
import './parts/tokens.css'
import './parts/base.css'
import './parts/parts.css'
import './shell/shell.css'
import './setup/setup.css'
import './list/list.css'
import './form/form.css'
import './record/record.css'
import './import/import.css'
import './search/search.css'
import './admin/admin.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { watchConnection } from './client/connection.ts'
import { OfflineError, ProblemError } from './client/problem-error.ts'
import { Toasts } from './parts/toast.tsx'
import { createAppRouter, type Loaders } from './router.tsx'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => !(error instanceof ProblemError) && !(error instanceof OfflineError) && count < 2,
    },
  },
})

const loaders: Loaders = {
  designer: () => import('#designer/shell/main.tsx').then(({ DesignerApp }) => ({ default: DesignerApp })),
  async shelf() {
    const [{ fieldKinds }, { fieldFaces }] = await Promise.all([
      import('#kinds/fields/catalogue.ts'),
      import('#kinds/fields/catalogue.browser.ts'),
    ])
    return { kinds: fieldKinds, faces: fieldFaces }
  },
}

const place = document.getElementById('app')
if (place) {
  watchConnection()
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={createAppRouter(loaders)} />
        <Toasts />
      </QueryClientProvider>
    </StrictMode>,
  )
}
