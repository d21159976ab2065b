/** Live events: which records changed, told to those who may read them. */
import { Type } from 'typebox'
import { exactly } from '../parts.ts'
import { defineRoute } from '../route.ts'

export const eventsRead = defineRoute({
  id: 'events.read',
  method: 'GET',
  url: '/api/events',
  auth: 'session',
  action: 'records',
  summary:
    'Server-sent events `record` (form, id, version, verb), `revision`, `resync`; `Last-Event-ID` goes on where a stream ended',
  query: exactly({
    wait: Type.Optional(Type.Enum(['0'], { description: '0: what is due, then the end' })),
  }),
  streams: true,
  answers: { 200: null },
  media: ['text/event-stream'],
  problems: ['query-invalid', 'too-many-requests', 'unavailable'],
})
