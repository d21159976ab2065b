/** What no route answers: a page of the application for people, 405 where only the method is wrong, 404 for the rest. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '#base/problems.ts'
import { routeContracts } from '#contract/routes.ts'
import { pageFor } from './pages.ts'
import type { Pages } from './parts.ts'
import { problemAnswer } from './problem-document.ts'
import { localeOf } from './serve-route.ts'

/** Contracts by the exact shape of their path: `:form` is one segment. */
const shapes = routeContracts.map((contract) => ({
  method: contract.method,
  pattern: new RegExp(`^${contract.url.replaceAll('.', '\\.').replace(/:[a-z]+/g, '[^/]+')}$`),
}))

export function answerMissing(request: FastifyRequest, reply: FastifyReply, pages: Pages | null): FastifyReply {
  const path = request.url.split('?')[0] ?? '/'
  const allowed = [...new Set(shapes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
  if (allowed.length > 0) return refuse(request, reply.header('allow', allowed.join(', ')), 'method-not-allowed')
  const wantsPage = request.method === 'GET' && !/^\/(api|problems)(\/|$)/.test(path) && !/\.[a-z0-9]+$/i.test(path)
  const page = wantsPage ? pageFor(path, pages) : null
  return page ? reply.header('cache-control', 'no-cache').sendFile(page) : refuse(request, reply, 'not-found')
}

function refuse(request: FastifyRequest, reply: FastifyReply, code: 'not-found' | 'method-not-allowed'): FastifyReply {
  const answer = problemAnswer(problem(code), localeOf(request))
  return reply.code(answer.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(answer.document))
}
