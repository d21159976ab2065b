/**
 * Callers who were looked up before, for as long as nothing that decides who they are has changed: not a session, key, user or revision.
 * A stamp of the database tells; a revoked right is gone on the next request.
 */
import { datetimeMs } from '#base/dates.ts'
import type { Identity } from './identity.ts'

const most = 10_000

interface Known {
  readonly stamp: string
  readonly identity: Identity
  /** Milliseconds since 1970 at which the session or key ends by itself. */
  readonly untilMs: number
}

export class KnownCallers {
  readonly #known = new Map<string, Known>()

  /** null: look them up. `stamp` null: the database gives no sign of changes, so nobody is known. */
  find(credential: string, stamp: string | null, nowMs: number): Identity | null {
    const known = this.#known.get(credential)
    return known !== undefined && known.stamp === stamp && nowMs < known.untilMs ? known.identity : null
  }

  /** `stamp` was read before the look-up began; strangers are not kept. */
  keep(credential: string, stamp: string | null, identity: Identity): void {
    if (stamp === null || !identity.caller) return
    if (this.#known.size >= most) this.#known.clear()
    this.#known.set(credential, { stamp, identity, untilMs: endOf(identity) })
  }
}

function endOf({ caller }: Identity): number {
  const end = caller?.session?.expiresAt ?? caller?.storedKey?.expiresAt
  return end === undefined || end === null ? Number.POSITIVE_INFINITY : datetimeMs(end)
}
