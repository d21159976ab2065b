/** Reader processes of one SQLite file: started at first use, few at a time, handed out one long read after the other. */
import { Refusal } from '#base/problems.ts'
import { LongRead } from './long-read.ts'
import { ReaderChild } from './reader-child.ts'

export interface ReaderLimits {
  /** Waiting for answers, all statements of one long read together. */
  readonly mostMs: number
  /** Rows of one statement. */
  readonly mostRows: number
  /** Long reads at once; more wait. */
  readonly processes: number
  /** An unused process ends after this. */
  readonly restMs: number
}

export const usualReaderLimits: ReaderLimits = { mostMs: 30_000, mostRows: 200_000, processes: 2, restMs: 60_000 }

const mostWaiting = 500

interface Waiting {
  take(child: ReaderChild): void
  refuse(error: unknown): void
}

export interface ReaderPoolParts {
  /** The database file. */
  readonly path: string
  readonly limits: ReaderLimits
  /** Counts the statements. */
  readonly tally: { statements: number }
}

export class ReaderPool {
  readonly #path: string
  readonly #limits: ReaderLimits
  readonly #tally: { statements: number }
  readonly #free: { readonly child: ReaderChild; readonly rest: NodeJS.Timeout }[] = []
  readonly #all = new Set<ReaderChild>()
  #waiting: Waiting[] = []
  #closed = false

  constructor({ path, limits, tally }: ReaderPoolParts) {
    this.#path = path
    this.#limits = limits
    this.#tally = tally
  }

  /** Process ids, for those who watch or end them. */
  get processes(): readonly number[] {
    return [...this.#all].flatMap(({ pid }) => pid ?? [])
  }

  /** One snapshot for all that `work` reads. Refusals: `unavailable`, `query-too-long`. */
  async snapshot<T>(work: (read: LongRead) => Promise<T>): Promise<T> {
    const child = await this.#take()
    const read = new LongRead(child, this.#limits, this.#tally)
    try {
      return await work(read)
    } finally {
      read.end()
      this.#release(child)
    }
  }

  close(): void {
    this.#closed = true
    for (const { rest } of this.#free.splice(0)) clearTimeout(rest)
    for (const { refuse } of this.#waiting.splice(0)) refuse(new Refusal('unavailable'))
    for (const child of this.#all) child.kill()
    this.#all.clear()
  }

  #take(): ReaderChild | Promise<ReaderChild> {
    if (this.#closed) throw new Refusal('unavailable')
    for (let free = this.#free.pop(); free; free = this.#free.pop()) {
      clearTimeout(free.rest)
      if (!free.child.isGone) return free.child
      this.#all.delete(free.child)
    }
    if (this.#all.size < this.#limits.processes) return this.#start()
    if (this.#waiting.length >= mostWaiting) throw new Refusal('unavailable', { params: { retry_after: 2 } })
    return new Promise((take, refuse) => this.#waiting.push({ take, refuse }))
  }

  #release(child: ReaderChild): void {
    if (child.isGone) this.#all.delete(child)
    const next = this.#waiting.shift()
    if (next) next.take(child.isGone ? this.#start() : child)
    else if (!child.isGone) this.#free.push({ child, rest: this.#restLater(child) })
  }

  #start(): ReaderChild {
    const child = new ReaderChild(this.#path)
    this.#all.add(child)
    return child
  }

  #restLater(child: ReaderChild): NodeJS.Timeout {
    return setTimeout(() => {
      const at = this.#free.findIndex((free) => free.child === child)
      if (at >= 0) this.#free.splice(at, 1)
      this.#all.delete(child)
      child.kill()
    }, this.#limits.restMs).unref()
  }
}
