/** What is measured, for the admin's monitoring. */
import { metricsRead } from '#contract/routes/metrics.ts'
import { route } from '../call.ts'

export const metricsRoutes = [
  route(metricsRead, async ({ parts }) => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    content: { type: 'text/plain; version=0.0.4; charset=utf-8', data: parts.watch.report() },
  })),
]
