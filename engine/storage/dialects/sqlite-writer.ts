/**
 * The one writing connection of a SQLite file: group commit. Writes that arrive together run one after the other, each under its own
 * savepoint, and share one transaction and one sync of the disk. Each is answered after that sync; one that fails undoes itself alone.
 */
import { isOutOfRoom } from './failures.ts'
import type { SqliteSession } from './sqlite-session.ts'

interface Job {
  run(session: SqliteSession): Promise<void>
  succeed(): void
  fail(error: unknown): void
}

/** A job that has run in the open transaction: what it threw, or nothing. */
interface Ran {
  readonly job: Job
  readonly error?: unknown
}

/** The longest that one group keeps the thread, and its first jobs waiting for their answer. */
const groupMs = 8
const mostInGroup = 128
const lockPatienceMs = 2_000
const lockPauseMs = 25

export class SqliteWriter {
  readonly #session: SqliteSession
  readonly #changed: () => void
  readonly #waiting: Job[] = []
  #working = false
  #groups = 0

  /** `changed` is called right after a commit that touched what decides who somebody is. */
  constructor(session: SqliteSession, changed: () => void) {
    this.#session = session
    this.#changed = changed
  }

  /** Commits so far: many writes share one. */
  get groups(): number {
    return this.#groups
  }

  /** Resolves once `work` is on the disk; rejects with what it threw after it is undone. It runs twice where its group could not commit. */
  write<T>(work: (session: SqliteSession) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let answer: T
      this.#waiting.push({
        run: async (session) => {
          answer = await work(session)
        },
        succeed: () => resolve(answer),
        fail: reject,
      })
      this.#wake()
    })
  }

  /** Finishes what waits, moves the log into the file, then closes. */
  async close(): Promise<void> {
    while (this.#working) await new Promise((resolve) => setImmediate(resolve))
    this.#checkpoint()
    this.#session.sqlite.close()
  }

  /** A reader that is closed last could not do it: it may not write. On a full disk the log stays, and nothing is lost. */
  #checkpoint(): void {
    try {
      this.#session.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    } catch (error) {
      if (!isOutOfRoom(error) && !isBusy(error)) throw error
    }
  }

  /** After the requests of this turn of the event loop have arrived: they make up the group. */
  #wake(): void {
    if (this.#working) return
    this.#working = true
    setImmediate(() => void this.#work())
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#group(mostInGroup)
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#working = false
  }

  async #group(most: number): Promise<void> {
    try {
      await this.#begin()
    } catch (error) {
      for (const job of this.#waiting.splice(0)) job.fail(error)
      return
    }
    const ran: Ran[] = []
    const endMs = performance.now() + groupMs
    do ran.push(await this.#runNext())
    while (this.#waiting.length > 0 && ran.length < most && performance.now() < endMs && this.#isOpen)
    await this.#commit(ran)
  }

  /** The driver's own busy wait would block the thread; so it is short, and the longer wait is asynchronous. */
  async #begin(): Promise<void> {
    const deadlineMs = performance.now() + lockPatienceMs
    for (;;) {
      try {
        this.#session.control('begin immediate')
        return
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadlineMs) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, lockPauseMs))
    }
  }

  async #runNext(): Promise<Ran> {
    const job = this.#waiting.shift() as Job
    try {
      this.#session.control('savepoint job')
      await job.run(this.#session)
      this.#session.control('release job')
      return { job }
    } catch (error) {
      this.#undo()
      return { job, error }
    }
  }

  /** The job alone; where a failing disk does not allow that, the whole group, and each of it runs again. */
  #undo(): void {
    if (!this.#isOpen) return
    try {
      this.#session.control('rollback to job')
      this.#session.control('release job')
    } catch {
      this.#session.control('rollback')
    }
  }

  /** A full disk rolls the whole transaction back by itself. */
  get #isOpen(): boolean {
    return this.#session.sqlite.inTransaction
  }

  async #commit(ran: readonly Ran[]): Promise<void> {
    try {
      if (!this.#isOpen) throw ran.at(-1)?.error
      this.#session.control('commit')
    } catch (error) {
      if (this.#isOpen) this.#session.control('rollback')
      this.#session.forgetTouches()
      return this.#again(ran, error)
    }
    this.#groups += 1
    if (this.#session.touchesIdentity) this.#changed()
    this.#session.forgetTouches()
    for (const { job, ...rest } of ran) 'error' in rest ? job.fail(rest.error) : job.succeed()
  }

  /** One of them spoils the commit (a link that points nowhere shows only there): each runs again, alone. */
  async #again(ran: readonly Ran[], error: unknown): Promise<void> {
    if (ran.length === 1) return ran[0]?.job.fail('error' in (ran[0] as Ran) ? ran[0].error : error)
    this.#waiting.unshift(...ran.map(({ job }) => job))
    for (let left = ran.length; left > 0 && this.#waiting.length > 0; left -= 1) await this.#group(1)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}
