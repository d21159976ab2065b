/** Every route with its handler. The server compares this with the contracts at start. */
import type { Route } from './call.ts'
import { adminRoutes } from './routes/admin.ts'
import { appRoutes } from './routes/app.ts'
import { bulkRoutes } from './routes/bulk.ts'
import { definitionRoutes } from './routes/definitions.ts'
import { eventRoutes } from './routes/events.ts'
import { exportRoutes } from './routes/exports.ts'
import { fileRoutes } from './routes/files.ts'
import { importRoutes } from './routes/imports.ts'
import { keyRoutes } from './routes/keys.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { recordRoutes } from './routes/records.ts'
import { searchRoutes } from './routes/search.ts'
import { sessionRoutes } from './routes/session.ts'

export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...keyRoutes,
  ...appRoutes,
  ...recordRoutes,
  ...bulkRoutes,
  ...searchRoutes,
  ...fileRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...definitionRoutes,
  ...adminRoutes,
  ...eventRoutes,
  ...metricsRoutes,
]
