/** How fast one caller may ask: a bucket per caller that fills steadily and holds a burst. */
import type { Clock } from '#base/ports.ts'
import { Refusal } from '#base/problems.ts'

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** Far above what people and usual programs do; a loop that ran wild is slowed before it slows others. */
export const usualRate: Rate = { perSecond: 500, burst: 5_000 }

const mostBuckets = 10_000

interface Bucket {
  left: number
  at: number
}

export class RateLimit {
  readonly #rate: Rate
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()
  #refused = 0

  constructor(rate: Rate, clock: Clock) {
    this.#rate = rate
    this.#clock = clock
  }

  get refused(): number {
    return this.#refused
  }

  /** Refusal `too-many-requests` with the seconds until the next one. */
  take(caller: string): void {
    const bucket = this.#bucket(caller)
    if (bucket.left < 1) {
      this.#refused += 1
      const seconds = Math.ceil((1 - bucket.left) / this.#rate.perSecond)
      throw new Refusal('too-many-requests', { params: { retry_after: Math.max(1, seconds) } })
    }
    bucket.left -= 1
  }

  /** Filled up to now; a clock that jumps back fills nothing. The caller that was seen longest ago is forgotten first. */
  #bucket(caller: string): Bucket {
    const now = this.#clock.now()
    const { perSecond, burst } = this.#rate
    const known = this.#buckets.get(caller) ?? { left: burst, at: now }
    known.left = Math.min(burst, known.left + (Math.max(0, now - known.at) / 1000) * perSecond)
    known.at = now
    this.#buckets.delete(caller)
    this.#buckets.set(caller, known)
    if (this.#buckets.size > mostBuckets) {
      const oldest = this.#buckets.keys().next()
      if (!oldest.done) this.#buckets.delete(oldest.value)
    }
    return known
  }
}
