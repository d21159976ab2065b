/** Own keys of programs. */
import { createKey, endKey, listKeys } from '#accounts/keys.ts'
import { Bug } from '#base/bug.ts'
import * as contract from '#contract/routes/setup.ts'
import { type Call, route } from '../call.ts'

export const keyRoutes = [
  route(contract.keysList, async (call) => ({
    status: 200,
    body: {
      keys: (await listKeys(accounts(call), ownerOf(call))).map((key) => ({
        id: key.id,
        name: key.name,
        scopes: key.scopes,
        created_at: key.createdAt,
        expires_at: key.expiresAt,
        last_used_at: key.lastUsedAt,
        revoked_at: key.revokedAt,
      })),
    },
  })),
  route(contract.keysCreate, async (call) => {
    const { name, expires_at: expiresAt, scopes } = call.body
    const made = await createKey(accounts(call), ownerOf(call), {
      name,
      expiresAt: expiresAt ?? null,
      scopes: scopes ?? null,
    })
    return { status: 201, body: made }
  }),
  route(contract.keysDelete, async (call) => {
    await endKey(accounts(call), ownerOf(call), call.params.id)
    return { status: 204 }
  }),
]

function accounts(call: Pick<Call, 'parts' | 'model'>) {
  return { ...call.parts.workspace, model: call.model }
}

function ownerOf({ caller }: Pick<Call, 'caller'>): string {
  if (!caller) throw new Bug('a session route without a caller')
  return caller.account.id
}
