/** What was committed, told to who listens: hints for live pages, never a promise. On PostgreSQL also what other nodes committed. */

export interface CommittedChange {
  readonly kind: 'record'
  readonly form: string
  readonly id: string
  readonly version: number
  readonly verb: 'create' | 'update' | 'delete' | 'restore'
}

export type FeedEvent =
  | CommittedChange
  | { readonly kind: 'revision'; readonly revision: number }
  /** Something may have been missed: look at everything again. */
  | { readonly kind: 'gap' }

export type FeedListener = (event: FeedEvent) => void

/** Carries events to the other nodes and back. */
export interface Relay {
  send(event: FeedEvent): void
  /** Hands on what other nodes send, from now on. */
  receive(listener: FeedListener): void
  close(): Promise<void>
}

export class ChangeFeed {
  readonly #listeners = new Set<FeedListener>()
  readonly #relay: Relay | null
  #receiving = false

  constructor(relay: Relay | null) {
    this.#relay = relay
  }

  /** Called once the event is committed here. */
  emit(event: FeedEvent): void {
    this.#tell(event)
    this.#relay?.send(event)
  }

  /** Answers with the way to stop. */
  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener)
    if (!this.#receiving) this.#relay?.receive((event) => this.#tell(event))
    this.#receiving = true
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#listeners.clear()
    await this.#relay?.close()
  }

  #tell(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
