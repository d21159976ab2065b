/**
 * Callers who were looked up before, for as long as nothing that decides who they are has changed: not a session, key, user or revision.
 * The stamp of the database tells; a revoked right is gone on the next request.
 */
import { datetimeMs } from '#base/dates.ts'
import type { Identity } from './identify.ts'

const most = 10_000

interface Known {
  readonly identity: Identity
  /** Milliseconds since 1970 at which the session or key ends by itself. */
  readonly untilMs: number
}

export class KnownCallers {
  #stamp: string | null = null
  readonly #known = new Map<string, Known>()

  /** null: look them up. `stamp` null: the database gives no sign of changes, so nobody is known. */
  find(credential: string, stamp: string | null, nowMs: number): Identity | null {
    if (stamp !== this.#stamp) this.#forget(stamp)
    const known = this.#known.get(credential)
    return known !== undefined && nowMs < known.untilMs ? known.identity : null
  }

  /** `stamp` was read before the look-up began; strangers are not kept. */
  keep(credential: string, stamp: string | null, identity: Identity): void {
    if (stamp === null || stamp !== this.#stamp || !identity.caller) return
    if (this.#known.size >= most) this.#known.clear()
    this.#known.set(credential, { identity, untilMs: endOf(identity) })
  }

  #forget(stamp: string | null): void {
    this.#known.clear()
    this.#stamp = stamp
  }
}

function endOf({ caller }: Identity): number {
  const end = caller?.session?.expiresAt ?? caller?.storedKey?.expiresAt
  return end === undefined || end === null ? Number.POSITIVE_INFINITY : datetimeMs(end)
}
