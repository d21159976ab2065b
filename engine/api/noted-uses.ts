/** Notes that sessions and keys are in use, beside their requests: who reads goes on where nothing can be written. */

import { type Caller, isWorthNoting, noteUse } from '#accounts/authenticate.ts'
import { loggedFailure } from '#base/logged-failure.ts'
import type { Workspace } from '#publish/workspace.ts'

/** A database in order is far quicker. */
const patienceMs = 100
const againAfterMs = 60_000

export class NotedUses {
  readonly #writing = new Set<string>()
  /** After a failure: the time of the process from which it is tried again. */
  readonly #failed = new Map<string, number>()

  /** Never rejects, and hardly waits. */
  async note(workspace: Workspace, caller: Caller): Promise<void> {
    if (!isWorthNoting(caller, workspace.clock.now())) return
    const name = caller.session?.tokenHash ?? caller.storedKey?.id ?? ''
    if (this.#writing.has(name) || performance.now() < (this.#failed.get(name) ?? 0)) return
    await Promise.race([this.#write(workspace, { name, caller }), patience()])
  }

  async #write({ db, clock, log }: Workspace, { name, caller }: { name: string; caller: Caller }): Promise<void> {
    this.#writing.add(name)
    try {
      await noteUse(db, caller, clock)
      this.#failed.delete(name)
    } catch (error) {
      this.#failed.set(name, performance.now() + againAfterMs)
      log.warn('use.not-noted', { failure: loggedFailure(error) })
    } finally {
      this.#writing.delete(name)
    }
  }
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, patienceMs).unref())
}
