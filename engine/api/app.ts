/** The web server: plug-ins, limits, routes from their contracts, pages, one handler for whatever fails. */
import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { Bug } from '#base/bug.ts'
import { loggedFailure } from '#base/logged-failure.ts'
import { problem, Refusal } from '#base/problems.ts'
import { routeContracts } from '#contract/routes.ts'
import { parseBoundedJson, usualLimits } from './bounded-json.ts'
import type { Route } from './call.ts'
import { foreseen } from './failures.ts'
import { ImportRunner } from './import-runner.ts'
import { KnownCallers } from './known-callers.ts'
import { answerOverdue } from './limits/overdue.ts'
import { LiveHub, usualLive } from './live/hub.ts'
import { answerMissing } from './missing.ts'
import { NotedUses } from './noted-uses.ts'
import { servePages } from './pages.ts'
import type { ApiParts } from './parts.ts'
import { problemAnswer } from './problem-document.ts'
import { protectAnswers } from './protect-answers.ts'
import { routes } from './routes.ts'
import { localeOf, serveRoute } from './serve-route.ts'
import { Thumbnails } from './thumbnails.ts'
import { watch } from './watch.ts'

export interface Api {
  readonly server: FastifyInstance
  /** From now on new requests are refused with 503, the accepted ones are finished. */
  drain(): void
}

const minute = 60_000

/** Builds the server, ready to listen or to be asked in tests. Throws when a route is not declared as it must be. */
export async function createApi(parts: ApiParts): Promise<Api> {
  requireDeclared(routes)
  const server = makeServer(parts)
  const state = { draining: false }
  const { db, clock, log } = parts.workspace
  const hub = new LiveHub({ feed: db.feed, clock, log, settings: { ...usualLive, ...parts.live } })
  server.addHook('preClose', async () => hub.close())
  const imports = new ImportRunner(parts.workspace, parts.importing)
  server.addHook('onListen', () => imports.open())
  server.addHook('preClose', () => imports.close())
  const thumbnails = new Thumbnails(parts.workspace.files)
  server.addHook('onClose', () => thumbnails.close())
  const running = {
    ...parts,
    hub,
    imports,
    thumbnails,
    watch: watch(server, parts, { hub, imports }),
    callers: new KnownCallers(),
    uses: new NotedUses(),
  }
  server.decorateRequest('identity', null)
  answerOverdue(server, 10 * minute)
  server.addHook('onRequest', (_request, _reply, done) => {
    done(state.draining ? new Refusal('unavailable', { params: { retry_after: 5 } }) : undefined)
  })
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (state.draining) reply.header('connection', 'close')
    done()
  })
  await protectAnswers(server, parts)
  await server.register(cookie)
  await server.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] })
  await server.register(multipart)
  parseJsonOnly(server)
  server.setErrorHandler((error, request, reply) => refuse(parts, error, { request, reply }))
  for (const route of routes) serveRoute(server, running, route)
  await servePages(server, parts.pages)
  server.setNotFoundHandler((request, reply) => answerMissing(request, reply, parts.pages))
  logRequests(server, parts)
  await server.ready()
  return {
    server,
    drain: () => {
      state.draining = true
      hub.close()
    },
  }
}

function makeServer(parts: ApiParts): FastifyInstance {
  return fastify({
    logger: false,
    genReqId: requestId,
    trustProxy: parts.publicUrl === null ? false : 'loopback',
    requestTimeout: minute,
    connectionTimeout: 15 * minute,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 200 },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        useDefaults: false,
        allErrors: true,
        strict: false,
      },
    },
    frameworkErrors: (error, request, reply) =>
      refuse(parts, error, { request: request as FastifyRequest, reply: reply as FastifyReply }),
  })
}

/** The caller's own, where it can stand in a log and a header; else a new one. */
function requestId(request: { readonly headers: Readonly<Record<string, unknown>> }): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && /^[A-Za-z0-9._-]{1,100}$/.test(given) ? given : randomUUID()
}

/** A route without contract, a contract without route, or one declared twice: the server does not start. */
export function requireDeclared(found: readonly Route[]): void {
  const served = found.map(({ contract }) => contract.id)
  const declared = routeContracts.map((contract) => contract.id)
  const wrong = [
    ...served.filter((id, index) => served.indexOf(id) !== index || !declared.includes(id)),
    ...declared.filter((id) => !served.includes(id)),
    ...found
      .filter(({ contract }) => !contract.auth || !contract.action || !contract.answers || !contract.problems)
      .map(({ contract }) => contract.id),
  ]
  if (wrong.length > 0) throw new Bug('routes and contracts differ', { wrong })
}

function parseJsonOnly(server: FastifyInstance): void {
  server.removeContentTypeParser(['application/json', 'text/plain'])
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const names = request.routeOptions.config.contract?.limits?.names ?? usualLimits.names
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body as Buffer)
      done(null, text === '' ? undefined : parseBoundedJson(text, { ...usualLimits, names }))
    } catch (error) {
      const notUtf8 = error instanceof TypeError
      done(notUtf8 ? new Refusal('request-invalid', { issues: [{ pointer: '', code: 'not-json' }] }) : (error as Error))
    }
  })
}

function refuse(
  parts: ApiParts,
  error: unknown,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): FastifyReply {
  const found = foreseen(error)
  if (!found)
    parts.workspace.log.error('request.failed', {
      request: request.id,
      route: request.routeOptions?.url ?? null,
      failure: loggedFailure(error),
    })
  const answer = problemAnswer(found ?? problem('internal', { params: { request: request.id } }), localeOf(request))
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(answer.document))
}

/** Path without query: filters and searches hold what people look for. */
function logRequests(server: FastifyInstance, { workspace }: ApiParts): void {
  const { log } = workspace
  if (log.debug)
    server.addHook('onRequest', async (request) => {
      log.debug?.('request.begun', {
        request: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
      })
    })
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url
    if (route === '/livez' || route === '/readyz' || !request.routeOptions.config.contract) return done()
    log.info('request', {
      request: request.id,
      method: request.method,
      path: request.url.split('?')[0],
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      user: request.identity?.caller?.account.id ?? null,
    })
    done()
  })
}
