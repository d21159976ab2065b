/** The latest committed events of this process, in their order: what streams read from, each at its own place. */
import type { FeedEvent } from '#storage/change-feed.ts'

export interface Piece {
  readonly events: readonly FeedEvent[]
  /** Where to go on. */
  readonly next: number
}

export class EventLog {
  readonly #most: number
  readonly #events: FeedEvent[] = []
  #first = 0

  constructor(most: number) {
    this.#most = most
  }

  /** The place behind the newest. */
  get end(): number {
    return this.#first + this.#events.length
  }

  push(event: FeedEvent): void {
    this.#events.push(event)
    // Cut rarely, for a cut moves everything.
    const over = this.#events.length - this.#most
    if (over < this.#most / 4) return
    this.#events.splice(0, over)
    this.#first += over
  }

  /** null: what stood there is forgotten. */
  from(place: number, most: number): Piece | null {
    if (place < this.#first || place > this.end) return null
    const events = this.#events.slice(place - this.#first, place - this.#first + most)
    return { events, next: place + events.length }
  }
}
