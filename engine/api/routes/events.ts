/** The stream of live events. */
import { eventsRead } from '#contract/routes/events.ts'
import { route } from '../call.ts'

export const eventRoutes = [
  route(eventsRead, async (call) => {
    const subscriber = await call.subscriber()
    const data = await call.parts.hub.subscribe({
      subscriber,
      lastEventId: call.header('last-event-id'),
      once: call.query.wait === '0',
    })
    return {
      status: 200,
      headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      content: { type: 'text/event-stream; charset=utf-8', data },
    }
  }),
]
