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
  const token = readToken(request, parts)
  const credentials = { token, key: bearerKey(request.headers.authorization) }
  const { model, caller } = await workspace.db.read(async (db) => {
    const current = await workspace.modelIn(db)
    return { model: current, caller: await authenticate(db, current, { credentials, now: workspace.clock.now() }) }
  })
  if (caller) await noteUse(workspace.db, caller, workspace.clock)
  return { model, caller, token }
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
