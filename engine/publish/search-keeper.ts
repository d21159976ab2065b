/** Keeps the search index up to date behind everybody's back: in small steps, when writing leaves it time. */
import { loggedFailure } from '#base/logged-failure.ts'
import type { Log } from '#base/ports.ts'
import { hasSearchWork, workOnSearch } from '#storage/search-build.ts'
import type { Workspace } from './workspace.ts'

export interface SearchKeeper {
  /** Ends when the step that runs has ended. */
  stop(): Promise<void>
}

/** Records in one step: some five milliseconds. */
const stepSize = 100
/** So many writes may wait for the index while others are busy. */
const mostWaiting = 20_000
const gatherMs = 50
const patienceMs = 20
const afterFailureMs = 5_000

/** Answers at once and works from now on. */
export function keepSearch(workspace: Workspace, log: Log): SearchKeeper {
  return new Keeper(workspace, log)
}

/** Everything that is to do now; for who needs it done. */
export async function settleSearch(workspace: Workspace): Promise<void> {
  while (await step(workspace)) await pause(0)
}

/** false: there was nothing to do. */
async function step(workspace: Workspace): Promise<boolean> {
  if (!(await workspace.db.read(hasSearchWork))) return false
  return workspace.db.write(async (db) => workOnSearch(db, await workspace.modelIn(db), stepSize))
}

class Keeper implements SearchKeeper {
  readonly #workspace: Workspace
  readonly #log: Log
  readonly #unlisten: () => void
  readonly #ended: Promise<void>
  readonly #stopping: Promise<void>
  #stopped = false
  #stop: () => void = () => undefined
  #wake: () => void = () => undefined
  /** Writes heard of and not worked on yet, as far as one can tell. */
  #waiting = 0
  #isNews = false

  constructor(workspace: Workspace, log: Log) {
    this.#workspace = workspace
    this.#log = log
    this.#stopping = new Promise((resolve) => {
      this.#stop = resolve
    })
    this.#unlisten = workspace.db.feed.listen(() => {
      this.#waiting += 1
      this.#isNews = true
      this.#wake()
    })
    this.#ended = this.#run()
  }

  stop(): Promise<void> {
    this.#stopped = true
    this.#unlisten()
    this.#stop()
    return this.#ended
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#isNews = false
      if (await this.#work()) await this.#giveWay()
      else await this.#news()
    }
  }

  async #work(): Promise<boolean> {
    try {
      const worked = await step(this.#workspace)
      this.#waiting = worked ? Math.max(0, this.#waiting - stepSize) : 0
      return worked
    } catch (error) {
      this.#log.warn('search.index', { failure: loggedFailure(error) })
      await this.#pause(afterFailureMs)
      return true
    }
  }

  /** Writes of people go first. */
  async #giveWay(): Promise<void> {
    await this.#pause(0)
    while (!this.#stopped && this.#waiting < mostWaiting && this.#workspace.db.writing > 0)
      await this.#pause(patienceMs)
  }

  /** Until something was written; then a moment more, for what comes with it. */
  async #news(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    if (!this.#isNews) await Promise.race([woken, this.#stopping])
    await this.#pause(gatherMs)
  }

  async #pause(ms: number): Promise<void> {
    await Promise.race([pause(ms), this.#stopping])
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
