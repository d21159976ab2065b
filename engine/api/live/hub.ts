/** All streams of this process: fed after each commit, woken in turns so that telling never crowds out working. */
import { loggedFailure } from '#base/logged-failure.ts'
import type { Clock, Log } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'
import type { ChangeFeed } from '#storage/change-feed.ts'
import { Cursors } from './cursor.ts'
import { EventLog } from './event-log.ts'
import { LiveStream, type Subscriber } from './stream.ts'

export interface LiveSettings {
  readonly heartbeatMs: number
  /** How often rights are asked again, also when nothing happens. */
  readonly checkMs: number
  /** Events of one moment are told together. */
  readonly gatherMs: number
  readonly mostPerUser: number
  readonly most: number
  /** So many events are kept for those who lag or come back. */
  readonly kept: number
}

export const usualLive: LiveSettings = {
  heartbeatMs: 20_000,
  checkMs: 3_000,
  gatherMs: 50,
  mostPerUser: 10,
  most: 2_000,
  kept: 10_000,
}

/** Who does not take the end of a stream within this time is cut off. */
const lastWordMs = 1_000

export interface LiveParts {
  readonly feed: ChangeFeed
  readonly clock: Clock
  readonly log: Log
  readonly settings: LiveSettings
}

export interface Subscription {
  readonly subscriber: Subscriber
  readonly lastEventId: string | null
  /** End when nothing more is due. */
  readonly once: boolean
}

export class LiveHub {
  readonly #parts: LiveParts
  readonly #log: EventLog
  readonly #cursors = new Cursors()
  readonly #streams = new Set<LiveStream>()
  readonly #timers: readonly NodeJS.Timeout[]
  readonly #forget: () => void
  #gathering: NodeJS.Timeout | undefined
  #round: Promise<void> | null = null
  #closed = false

  constructor(parts: LiveParts) {
    this.#parts = parts
    this.#log = new EventLog(parts.settings.kept)
    this.#forget = parts.feed.listen((event) => {
      this.#log.push(event)
      this.#wake()
    })
    const { heartbeatMs, checkMs } = parts.settings
    this.#timers = [
      setInterval(() => this.#each((stream) => stream.beat()), heartbeatMs).unref(),
      setInterval(() => void this.#check(), checkMs).unref(),
    ]
  }

  /** Streams that are open now. */
  get open(): number {
    return this.#streams.size
  }

  /** How many events the last stream has not looked at. */
  get lag(): number {
    return Math.max(0, ...[...this.#streams].map((stream) => stream.lag))
  }

  /** Refusals: `too-many-requests` beyond the streams of one user, `unavailable` beyond those of all, and while closing. */
  async subscribe({ subscriber, lastEventId, once }: Subscription): Promise<LiveStream> {
    const { most, mostPerUser } = this.#parts.settings
    if (this.#closed || this.#streams.size >= most) throw new Refusal('unavailable', { params: { retry_after: 5 } })
    const own = [...this.#streams].filter((stream) => stream.subscriber.id === subscriber.id)
    if (own.length >= mostPerUser) throw new Refusal('too-many-requests', { params: { retry_after: 30 } })
    const stream = new LiveStream({
      log: this.#log,
      cursors: this.#cursors,
      now: () => this.#parts.clock.now(),
      subscriber,
      lastEventId,
    })
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    stream.on('wanting', () => this.#wake())
    if (!once) this.#wake()
    else {
      await this.#advance(stream)
      stream.finish()
    }
    return stream
  }

  /** Ends all streams and takes no more. */
  close(): void {
    this.#closed = true
    this.#forget()
    clearTimeout(this.#gathering)
    for (const timer of this.#timers) clearInterval(timer)
    this.#each((stream) => stream.finish())
    setTimeout(() => this.#each((stream) => stream.destroy()), lastWordMs).unref()
  }

  #each(act: (stream: LiveStream) => void): void {
    for (const stream of this.#streams) act(stream)
  }

  #wake(): void {
    if (this.#closed || this.#gathering !== undefined || this.#streams.size === 0) return
    this.#gathering = setTimeout(() => {
      this.#gathering = undefined
      this.#round = (this.#round ?? Promise.resolve()).then(() => this.#tell())
    }, this.#parts.settings.gatherMs)
  }

  async #tell(): Promise<void> {
    for (const stream of [...this.#streams]) await this.#advance(stream)
  }

  async #check(): Promise<void> {
    for (const stream of [...this.#streams]) await this.#guarded(() => stream.check())
  }

  #advance(stream: LiveStream): Promise<void> {
    return this.#guarded(() => stream.advance())
  }

  /** A database that is away for a moment ends no stream: the next round goes on. */
  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (this.#closed) return
      this.#parts.log.warn('live.failed', { failure: loggedFailure(error) })
    }
  }
}
