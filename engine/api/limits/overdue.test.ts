import fastify from 'fastify'
import { expect, it } from 'vitest'
import { answerOverdue } from './overdue.ts'

it('answers a request whose handler never ends, and leaves the others alone', async () => {
  const server = fastify()
  answerOverdue(server, 30, 10)
  server.setErrorHandler((_error, _request, reply) => reply.code(503).send('late'))
  server.get('/never', () => new Promise(() => undefined))
  server.get('/soon', async () => 'done')
  const [never, soon] = await Promise.all([server.inject('/never'), server.inject('/soon')])
  expect([never.statusCode, never.body]).toEqual([503, 'late'])
  expect([soon.statusCode, soon.body]).toEqual([200, 'done'])
  await server.close()
})

it('leaves a stream alone, however long it lasts', async () => {
  const server = fastify()
  answerOverdue(server, 20, 5)
  server.get('/stream', { config: { contract: { streams: true } as never } }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 80))
    return 'all'
  })
  expect((await server.inject('/stream')).body).toBe('all')
  await server.close()
})
