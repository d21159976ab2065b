/** Headers that every answer carries: what pages may load, who may frame or cache them, which revision answered. */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import { type ApiParts, isSecure } from './parts.ts'

const own = "'self'"

export async function protectAnswers(server: FastifyInstance, parts: ApiParts): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: [own],
        styleSrc: [own],
        scriptSrc: [own],
        imgSrc: [own, 'data:', 'blob:'],
        fontSrc: [own],
        connectSrc: [own],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: [own],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure(parts) ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  server.addHook('onSend', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return
    if (request.identity) reply.header('x-formloom-revision', String(request.identity.model.revision))
    if (!reply.hasHeader('cache-control'))
      reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store')
    reply.header('vary', 'cookie, authorization, accept-language')
  })
}
