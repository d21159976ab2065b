/** Requests whose handler never comes to an end are answered all the same: one slow sweep over what runs, instead of a timer for each. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal } from '#base/problems.ts'

const sweepMs = 5_000

/** Answers 503 to whatever has run for `limitMs`, save what streams for as long as its client stays. */
export function answerOverdue(server: FastifyInstance, limitMs: number, everyMs = sweepMs): void {
  const running = new Set<FastifyReply>()
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.routeOptions.config.contract?.streams) running.add(reply)
    done()
  })
  server.addHook('onResponse', (_request, reply, done) => {
    running.delete(reply)
    done()
  })
  const timer = setInterval(() => {
    for (const reply of running) {
      if (reply.elapsedTime < limitMs) return
      running.delete(reply)
      giveUp(reply)
    }
  }, everyMs).unref()
  server.addHook('onClose', async () => clearInterval(timer))
}

function giveUp(reply: FastifyReply): void {
  if (reply.raw.headersSent) reply.raw.destroy()
  else if (!reply.sent) reply.send(new Refusal('unavailable', { params: { retry_after: 2 } }))
}
