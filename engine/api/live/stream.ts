/** One subscriber: reads the log from its own place, asks what it may hear of, and writes no more than the client takes. */
import { Readable } from 'node:stream'
import type { RecordContext } from '#records/context.ts'
import { seenChanges } from '#records/seen-changes.ts'
import type { CommittedChange, FeedEvent } from '#storage/change-feed.ts'
import type { Cursors } from './cursor.ts'
import type { EventLog } from './event-log.ts'

/** Who listens. */
export interface Subscriber {
  readonly id: string
  /** The rights with which it began: other ones end the stream, and the client comes back with them. */
  readonly rights: string
  /** The same caller now; null: no longer signed in, or disabled. */
  again(): Promise<{ readonly records: RecordContext; readonly rights: string } | null>
}

export interface StreamParts {
  readonly log: EventLog
  readonly cursors: Cursors
  readonly now: () => number
  readonly subscriber: Subscriber
  /** What the client says it has. */
  readonly lastEventId: string | null
}

const perStep = 200
const mostWaitingBytes = 64 * 1024
/** A client that takes nothing for so many heartbeats is cut off. */
const mostSilent = 4

export class LiveStream extends Readable {
  readonly subscriber: Subscriber
  readonly #parts: StreamParts
  #place: number
  #resync: boolean
  #stalled = false
  #silent = 0
  #ended = false

  constructor(parts: StreamParts) {
    super({ highWaterMark: mostWaitingBytes })
    this.#parts = parts
    this.subscriber = parts.subscriber
    const known =
      parts.lastEventId === null ? null : parts.cursors.open(this.subscriber.id, parts.lastEventId, parts.now())
    this.#resync = parts.lastEventId !== null && known === null
    this.#place = known ?? parts.log.end
    this.#write(`retry: 3000\n${this.#id()}\n\n`)
  }

  get over(): boolean {
    return this.#ended || this.destroyed
  }

  get lag(): number {
    return this.#parts.log.end - this.#place
  }

  /** The client takes again. What was held back meanwhile is not counted up: it looks at everything again. */
  override _read(): void {
    if (!this.#stalled) return
    this.#stalled = false
    this.#silent = 0
    this.#resync = true
    this.emit('wanting')
  }

  /** Writes what is due. */
  async advance(): Promise<void> {
    while (!this.over && !this.#stalled) {
      const { log } = this.#parts
      const piece = this.#resync ? null : log.from(this.#place, perStep)
      if (piece?.events.length === 0) return
      const caller = await this.#caller()
      if (caller === null) return
      if (piece === null || piece.events.some(({ kind }) => kind === 'gap')) this.#startAnew()
      else {
        const texts = await this.#textsOf(caller, piece.events)
        this.#place = piece.next
        // The place comes last: who is cut off before it hears the same once more.
        if (texts.length > 0 && !this.over) this.#write(`${texts.join('')}${this.#id()}\n\n`)
      }
    }
  }

  /** Ends the stream of who lost a right. */
  async check(): Promise<void> {
    if (!this.over) await this.#caller()
  }

  /** Also moves the place of the client on, past what it may not hear of. */
  beat(): void {
    if (this.destroyed) return
    if (!this.#stalled && !this.#ended) this.#write(`:\n${this.#id()}\n\n`)
    else if (++this.#silent >= mostSilent) this.destroy()
  }

  finish(): void {
    if (this.over) return
    this.#ended = true
    this.push(null)
  }

  async #caller(): Promise<RecordContext | null> {
    const now = await this.subscriber.again()
    if (now?.rights === this.subscriber.rights) return now.records
    this.finish()
    return null
  }

  #startAnew(): void {
    this.#resync = false
    this.#place = this.#parts.log.end
    this.#write(`${textOf('resync', {})}${this.#id()}\n\n`)
  }

  async #textsOf(caller: RecordContext, events: readonly FeedEvent[]): Promise<readonly string[]> {
    const latest = new Map<string, FeedEvent>()
    for (const event of events) {
      const key = event.kind === 'record' ? `${event.form}/${event.id}` : event.kind
      latest.delete(key)
      latest.set(key, event)
    }
    const changes = [...latest.values()].filter((event): event is CommittedChange => event.kind === 'record')
    const seen = new Set<FeedEvent>(await seenChanges(caller, changes))
    return [...latest.values()].flatMap((event) => {
      if (event.kind === 'revision') return textOf('revision', { revision: event.revision })
      if (event.kind !== 'record' || !seen.has(event)) return []
      return textOf('record', { form: event.form, id: event.id, version: event.version, verb: event.verb })
    })
  }

  #id(): string {
    const { cursors, now } = this.#parts
    return `id: ${cursors.seal(this.subscriber.id, this.#place, now())}`
  }

  #write(text: string): void {
    this.#stalled = !this.push(text)
  }
}

function textOf(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}
