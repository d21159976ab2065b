/** Reading connections to one SQLite file, handed out last used first, so that one warm connection does most of the work. */
import type { SqliteSession } from './sqlite-session.ts'

/** Connections that are open, those of them that nobody uses, and who waits for one. */
export interface PoolUse {
  readonly open: number
  readonly free: number
  readonly waiting: number
}

export class SqliteReaders {
  readonly #open: () => SqliteSession
  readonly #most: number
  readonly #all: SqliteSession[] = []
  readonly #free: SqliteSession[] = []
  readonly #waiting: ((session: SqliteSession) => void)[] = []

  constructor(open: () => SqliteSession, most: number) {
    this.#open = open
    this.#most = most
  }

  /** One snapshot for all that `work` reads. */
  async snapshot<T>(work: (session: SqliteSession) => Promise<T>): Promise<T> {
    const session = this.#take() ?? (await this.#wait())
    try {
      session.control('begin')
      const answer = await work(session)
      session.control('commit')
      return answer
    } finally {
      if (session.sqlite.inTransaction) session.control('rollback')
      this.#release(session)
    }
  }

  /** For one statement, which is a snapshot by itself. */
  async single<T>(work: (session: SqliteSession) => Promise<T>): Promise<T> {
    const session = this.#take() ?? (await this.#wait())
    try {
      return await work(session)
    } finally {
      this.#release(session)
    }
  }

  use(): PoolUse {
    return { open: this.#all.length, free: this.#free.length, waiting: this.#waiting.length }
  }

  close(): void {
    for (const session of this.#all) session.sqlite.close()
  }

  #take(): SqliteSession | undefined {
    const free = this.#free.pop()
    if (free !== undefined || this.#all.length >= this.#most) return free
    const session = this.#open()
    this.#all.push(session)
    return session
  }

  #wait(): Promise<SqliteSession> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(session: SqliteSession): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(session)
    else next(session)
  }
}
