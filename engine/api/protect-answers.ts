/** Headers that every answer carries: what pages may load, who may frame or cache them, which request and revision answered. */
import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type ApiParts, isSecure } from './parts.ts'

const own = "'self'"
const ofTheSample = new Set(['content-type', 'content-length', 'date', 'connection'])

export async function protectAnswers(server: FastifyInstance, parts: ApiParts): Promise<void> {
  const fixed = await fixedHeaders(isSecure(parts))
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(fixed).header('x-request-id', request.id)
    done()
  })
  server.addHook('onSend', (request, reply, _payload, done) => {
    // By the route: an address may be spelled in more ways than one.
    if ((request.routeOptions.url ?? request.url).startsWith('/api/')) markAnswer(request, reply)
    done()
  })
}

function markAnswer(request: FastifyRequest, reply: FastifyReply): void {
  if (request.identity) reply.header('x-formloom-revision', String(request.identity.model.revision))
  if (!reply.hasHeader('cache-control'))
    reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store')
  reply.header('vary', 'cookie, authorization, accept-language')
}

/** They are the same for every answer, so they are asked for once. */
async function fixedHeaders(secure: boolean): Promise<Readonly<Record<string, string>>> {
  const sample = fastify()
  await sample.register(helmet, {
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
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  sample.get('/', async () => '')
  const { headers } = await sample.inject('/')
  await sample.close()
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (ofTheSample.has(name) ? [] : [[name, String(value)]])),
  )
}
