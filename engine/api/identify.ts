/** Station `actor`: the model that answers and who asks, in one look at the database; then whether the route is for them. */
import type { FastifyRequest } from 'fastify'
import { adminRole, builderRole } from '#access/actor.ts'
import { authenticate, type Caller, type Credentials, stampOf } from '#accounts/authenticate.ts'
import { Refusal } from '#base/problems.ts'
import type { RouteContract } from '#contract/route.ts'
import type { Identity } from './identity.ts'
import type { RunningParts } from './running-parts.ts'
import { readToken } from './session-cookie.ts'

/** Never refuses: what the caller may do is asked by `requireAuth`. */
export async function identify(request: FastifyRequest, parts: RunningParts): Promise<Identity> {
  const found = await look(request, parts)
  if (found.caller) await parts.uses.note(parts.workspace, found.caller)
  return found
}

/** The same without any trace: an open stream keeps no session alive. */
export async function look(request: FastifyRequest, parts: RunningParts): Promise<Identity> {
  const { db, clock } = parts.workspace
  const credentials = { token: readToken(request, parts), key: bearerKey(request.headers.authorization) }
  const name = credentials.key === null ? `session ${credentials.token}` : `key ${credentials.key}`
  const stamp = db.identityStamp() ?? (await stampOf(db, credentials))
  const known = parts.callers.find(name, stamp, clock.now())
  if (known) return known
  const identity = await lookUp(parts, credentials)
  parts.callers.keep(name, stamp, identity)
  return identity
}

function lookUp({ workspace }: RunningParts, credentials: Credentials): Promise<Identity> {
  return workspace.db.read(async (db) => {
    const model = await workspace.modelIn(db)
    const caller = await authenticate(db, model, { credentials, now: workspace.clock.now() })
    return { model, token: credentials.token, caller }
  })
}

/** What decides the rights of a caller: another text means other rights. */
export function rightsOf({ account, actor, scopes }: Caller): string {
  return JSON.stringify([account.id, [...actor.roles].sort(), scopes])
}

/** Any Authorization header counts as a key, so that a wrong one never falls back to a cookie. */
function bearerKey(header: string | undefined): string | null {
  if (header === undefined) return null
  return /^Bearer ([\w-]{1,100})$/i.exec(header)?.[1] ?? ''
}

/** Refusals: `unauthenticated`, `forbidden`. */
export function requireAuth(contract: RouteContract, caller: Caller | null): void {
  if (contract.auth === 'public') return
  if (!caller) throw new Refusal('unauthenticated')
  if (contract.personal && caller.storedKey)
    throw new Refusal('forbidden', {
      detail: {
        en: 'Only a signed-in person may do this, not a key.',
        'zh-CN': '此操作仅限已登录的用户，不能使用密钥。',
      },
    })
  if (caller.scopes !== null && contract.action !== 'records' && contract.action !== 'self') throw notGranted('scope')
  if (contract.auth === 'session') return
  const { roles } = caller.actor
  if (roles.includes(adminRole) || (contract.auth === 'builder' && roles.includes(builderRole))) return
  throw notGranted(contract.auth)
}

function notGranted(right: string): Refusal {
  return new Refusal('forbidden', {
    detail: { en: `The right "${right}" is missing.`, 'zh-CN': `缺少“${right}”权限。` },
    params: { right },
  })
}
