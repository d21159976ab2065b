/** All routes of the API, in the order of its reference. A route that is not here is not served; a test compares both ways. */
import type { RouteContract } from './route.ts'
import * as admin from './routes/admin.ts'
import * as app from './routes/app.ts'
import * as definitions from './routes/definitions.ts'
import * as events from './routes/events.ts'
import * as exports from './routes/exports.ts'
import * as files from './routes/files.ts'
import * as imports from './routes/imports.ts'
import * as metrics from './routes/metrics.ts'
import * as records from './routes/records.ts'
import * as search from './routes/search.ts'
import * as setup from './routes/setup.ts'

export const routeContracts: readonly RouteContract[] = [
  setup,
  app,
  records,
  search,
  files,
  exports,
  imports,
  definitions,
  admin,
  events,
  metrics,
].flatMap((noun): readonly RouteContract[] => Object.values(noun))
