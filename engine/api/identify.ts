/** Station `actor`: the model that answers and who asks, in one look at the database; then whether the route is for them. */
import type { FastifyRequest } from 'fastify'
import { adminRole, builderRole } from '#access/actor.ts'
import { authenticate, type Caller, noteUse } from '#accounts/authenticate.ts'
import { Refusal } from '#base/problems.ts'
import type { RouteContract } from '#contract/route.ts'
import type { Model } from '#definitions/model.ts'
import type { ApiParts } from './parts.ts'
import { readToken } from './session-cookie.ts'

export interface Identity {
  readonly model: Model
  readonly caller: Caller | null
  readonly token: string | null
}

/** Never refuses: what the caller may do is asked by `requireAuth`. */
export async function identify(request: FastifyRequest, parts: ApiParts): Promise<Identity> {
  const { workspace } = parts
  const found = await look(request, parts)
  if (found.caller) await noteUse(workspace.db, found.caller, workspace.clock)
  return found
}

/** The same without any trace: an open stream keeps no session alive. */
export async function look(request: FastifyRequest, parts: ApiParts): Promise<Identity> {
  const { workspace } = parts
  const token = readToken(request, parts)
  const credentials = { token, key: bearerKey(request.headers.authorization) }
  return workspace.db.read(async (db) => {
    const model = await workspace.modelIn(db)
    return { model, token, caller: await authenticate(db, model, { credentials, now: workspace.clock.now() }) }
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
