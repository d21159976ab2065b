/** One contract and its handler → one route of the web server: the stations every request passes, in their order. */
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { scopedPolicy } from '#access/scope.ts'
import { anonymous } from '#accounts/account.ts'
import { guardUsers } from '#accounts/guard-users.ts'
import { Bug } from '#base/bug.ts'
import { Refusal } from '#base/problems.ts'
import type { RouteContract } from '#contract/route.ts'
import { createContext, type RecordContext } from '#records/context.ts'
import { StaleModel } from '#records/current-model.ts'
import type { Answer, Call, Route } from './call.ts'
import { isUpload, requireContentType } from './content-type.ts'
import { identify, look, requireAuth, rightsOf } from './identify.ts'
import type { Identity } from './identity.ts'
import { acceptedLanguage } from './language.ts'
import type { Subscriber } from './live/stream.ts'
import { requireOwnOrigin } from './origin.ts'
import type { ApiParts } from './parts.ts'
import type { RunningParts } from './running-parts.ts'
import { writeSession } from './session-cookie.ts'
import { readUpload, streamUpload } from './upload.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the station `actor`; absent on pages. */
    identity: Identity | null
  }
  interface FastifyContextConfig {
    contract?: RouteContract
  }
}

const usualBytes = 1024 * 1024

/** Order: origin → actor → right → content type → parser → contract → handler. A refusal ends it before anything was read. */
export function serveRoute(app: FastifyInstance, parts: RunningParts, { contract, handle }: Route): void {
  app.route({
    method: contract.method as HTTPMethods,
    url: contract.url,
    config: { contract },
    bodyLimit: contract.limits?.bytes ?? usualBytes,
    schema: {
      ...(contract.params ? { params: contract.params } : {}),
      ...(contract.query ? { querystring: contract.query } : contract.method === 'GET' ? { querystring: noQuery } : {}),
    },
    onRequest: async (request) => {
      requireReadableUrl(request.url)
      if (contract.url.startsWith('/api/')) parts.watch.pressure.requireRoom(request.method)
      if (request.headers.authorization === undefined)
        requireOwnOrigin(request.method, request.headers, parts.publicUrl)
      if (!isApi(contract)) return
      request.identity = await identify(request, parts)
      parts.watch.rate?.take(callerName(request))
      requireAuth(contract, request.identity.caller)
    },
    preParsing: (request, _reply, payload, done) => {
      done(
        refusalOf(() => requireContentType(request.headers, contract)),
        payload,
      )
    },
    ...(contract.body ? { preValidation: requireBody } : {}),
    ...(contract.upload ? { onSend: endConnection } : {}),
    handler: async (request, reply) => send(reply, parts, await answer(request, parts, { contract, handle })),
  })
}

/** What it refuses with, for hooks that answer by calling back. */
function refusalOf(check: () => void): Refusal | null {
  try {
    check()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Definitions that were published meanwhile: the same request once more, under the new ones. An upload is read once. */
async function answer(request: FastifyRequest, parts: RunningParts, { contract, handle }: Route): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await handle(callOf(request, parts, contract))
    } catch (error) {
      if (!(error instanceof StaleModel)) throw error
      if (attempt === mostAttempts || isUpload(request.headers))
        throw new Refusal('unavailable', { params: { retry_after: 1 } })
      request.identity = await identify(request, parts)
    }
  }
}

const mostAttempts = 5
const noQuery = { type: 'object', additionalProperties: false }

function isApi(contract: RouteContract): boolean {
  return contract.url.startsWith('/api/') || contract.auth !== 'public'
}

/** Whose bucket it is: a person, one of their keys, or the address of who is not signed in. */
function callerName(request: FastifyRequest): string {
  const caller = request.identity?.caller
  if (!caller) return `address ${request.ip}`
  return caller.storedKey ? `key ${caller.storedKey.id}` : `user ${caller.account.id}`
}

/** An upload that was refused half-way is not read to its end. */
async function endConnection(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (isUpload(request.headers) && !request.raw.complete) reply.header('connection', 'close')
}

/** A file is read by its route, behind the same limits. */
async function requireBody(request: FastifyRequest): Promise<void> {
  if (isUpload(request.headers)) return
  const contract = request.routeOptions.config.contract
  const check = contract?.body && request.compileValidationSchema(contract.body, 'body')
  if (check && !check(request.body ?? null))
    throw Object.assign(new Error('body'), { validation: check.errors, validationContext: 'body', statusCode: 400 })
}

/** The database holds no NUL, and no honest address has one. */
function requireReadableUrl(url: string): void {
  if (/%00/.test(url)) throw new Refusal('request-invalid', { issues: [{ pointer: '', code: 'control-character' }] })
}

/** The language of an answer: the user's own, else what the client asks for. */
export function localeOf(request: FastifyRequest): string {
  return request.identity?.caller?.account.locale ?? acceptedLanguage(request.headers['accept-language'])
}

function callOf(request: FastifyRequest, parts: RunningParts, contract: RouteContract): Call {
  const { identity } = request
  const locale = localeOf(request)
  const actor = identity?.caller?.actor ?? anonymous(locale, 'UTC')
  return {
    params: request.params as Call['params'],
    query: request.query as Call['query'],
    body: request.body as Call['body'],
    parts,
    actor,
    locale,
    caller: identity?.caller ?? null,
    token: identity?.token ?? null,
    get model() {
      return modelOf(identity)
    },
    get records() {
      return recordsOf(parts, identity, actor)
    },
    subscriber: () => subscriberOf(request, parts),
    from: { address: request.ip, agent: request.headers['user-agent'] ?? null },
    path: request.url.split('?')[0] ?? request.url,
    header: (name) => headerOf(request, name),
    upload: () => (contract.upload ? readUpload(request, contract) : Promise.resolve(null)),
    receive: (limit, take) => streamUpload(request, limit, take),
  }
}

async function subscriberOf(request: FastifyRequest, parts: RunningParts): Promise<Subscriber> {
  const again = async () => {
    const identity = await look(request, parts)
    const { caller } = identity
    return caller && { records: recordsOf(parts, identity, caller.actor), rights: rightsOf(caller) }
  }
  const caller = request.identity?.caller
  if (!caller) throw new Bug('a stream without a caller')
  return { id: caller.account.id, rights: rightsOf(caller), again }
}

function modelOf(identity: Identity | null): Identity['model'] {
  if (!identity) throw new Bug('this route has no model')
  return identity.model
}

/** The context of the lines of records, cut to the scopes of the key. */
function recordsOf(parts: ApiParts, identity: Identity | null, actor: Call['actor']): RecordContext {
  const model = modelOf(identity)
  const { db, clock, ids } = parts.workspace
  const renew = async () => recordsOf(parts, identity && { ...identity, model: await parts.workspace.model() }, actor)
  const whole = createContext({ db, model, actor, clock, ids, listeners: [guardUsers(model, clock)], renew })
  const scopes = identity?.caller?.scopes ?? null
  return scopes === null ? whole : { ...whole, policy: scopedPolicy(whole.policy, scopes) }
}

function headerOf(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' ? value : null
}

function send(reply: FastifyReply, parts: ApiParts, answer: Answer): FastifyReply {
  if (answer.session) writeSession(reply, parts, answer.session)
  reply.code(answer.status).headers({ ...answer.headers })
  if (answer.content) return reply.type(answer.content.type).send(answer.content.data)
  if (answer.body === undefined) return reply.send()
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body))
}
