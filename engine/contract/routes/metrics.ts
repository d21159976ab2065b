/** Measurements of the running process. */
import { defineRoute } from '../route.ts'

export const metricsRead = defineRoute({
  id: 'metrics.read',
  method: 'GET',
  url: '/metrics',
  auth: 'admin',
  action: 'settings',
  summary: 'Measurements as Prometheus text; by the key of an admin',
  answers: { 200: null },
  media: ['text/plain'],
  problems: [],
})
