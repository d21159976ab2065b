/** LISTEN and NOTIFY between the nodes of one PostgreSQL: ids in batches, outside of every transaction, for a notifying commit waits for all others. */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Log } from '#base/ports.ts'
import type { FeedEvent, FeedListener, Relay } from '../change-feed.ts'

const channel = 'formloom_feed'
const sendAfterMs = 25
const againAfterMs = 1_000
/** PostgreSQL takes payloads below 8,000 bytes. */
const eventsPerMessage = 40
const mostWaiting = 4_000
const gap: FeedEvent = { kind: 'gap' }

interface Message {
  readonly node: string
  readonly events: readonly FeedEvent[]
}

export class PostgresRelay implements Relay {
  readonly #pool: pg.Pool
  readonly #log: Log
  readonly #node = randomUUID()
  #waiting: FeedEvent[] = []
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> = Promise.resolve()
  #client: pg.PoolClient | null = null
  #listening: Promise<void> = Promise.resolve()
  #retry: NodeJS.Timeout | undefined
  #closed = false

  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool
    this.#log = log
  }

  send(event: FeedEvent): void {
    if (this.#waiting.length >= mostWaiting) this.#waiting = [gap]
    else this.#waiting.push(event)
    this.#timer ??= setTimeout(() => this.#flush(), sendAfterMs)
  }

  receive(listener: FeedListener): void {
    this.#listening = this.#connect(listener).catch((error: unknown) => this.#lost(listener, error))
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#flush()
    await this.#sending
    await this.#listening
    this.#client?.release(true)
    this.#client = null
  }

  #flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const events = this.#waiting
    this.#waiting = []
    if (events.length === 0) return
    this.#sending = this.#sending
      .then(() => this.#notify(events))
      .catch((error: unknown) => {
        this.#log.warn('feed.not-sent', { message: messageOf(error) })
        if (!this.#closed) this.send(gap)
      })
  }

  async #notify(events: readonly FeedEvent[]): Promise<void> {
    for (let first = 0; first < events.length; first += eventsPerMessage) {
      const message: Message = { node: this.#node, events: events.slice(first, first + eventsPerMessage) }
      await this.#pool.query('select pg_notify($1, $2)', [channel, JSON.stringify(message)])
    }
  }

  async #connect(listener: FeedListener): Promise<void> {
    const client = await this.#pool.connect()
    if (this.#closed) return client.release()
    client.on('notification', ({ payload }) => {
      const message = JSON.parse(payload ?? '{}') as Partial<Message>
      if (message.node !== this.#node) for (const event of message.events ?? []) listener(event)
    })
    const onLost = (error?: Error) => {
      if (this.#client !== client) return
      this.#client = null
      client.release(true)
      this.#lost(listener, error)
    }
    client.on('error', onLost)
    client.on('end', () => onLost())
    this.#client = client
    await client.query(`listen ${channel}`).catch(onLost)
  }

  /** What came meanwhile is unknown. */
  #lost(listener: FeedListener, error: unknown): void {
    if (this.#closed || this.#retry) return
    this.#log.warn('feed.lost', { message: messageOf(error) })
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.receive(listener)
      void this.#listening.then(() => listener(gap))
    }, againAfterMs)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
