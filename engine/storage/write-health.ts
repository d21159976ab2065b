/** Can the database be written? Learns it from writes that fail for want of room, and finds out by itself when there is room again. */
import type { Log } from '#base/ports.ts'

const probeEveryMs = 1_000

export class WriteHealth {
  readonly #log: Log
  readonly #probe: () => Promise<unknown>
  #timer: NodeJS.Timeout | undefined
  #closed = false

  /** `probe` writes as much as an ordinary request does, and rejects when that is not possible. */
  constructor(log: Log, probe: () => Promise<unknown>) {
    this.#log = log
    this.#probe = probe
  }

  /** Reads go on, writes are refused. */
  get readOnly(): boolean {
    return this.#timer !== undefined
  }

  /** A write found no room. */
  failed(error: unknown): void {
    if (this.readOnly || this.#closed) return
    this.#log.error('database.read-only', { message: error instanceof Error ? error.message : String(error) })
    this.#wait()
  }

  /** Asks no more. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #wait(): void {
    this.#timer = setTimeout(() => void this.#try(), probeEveryMs)
    this.#timer.unref()
  }

  async #try(): Promise<void> {
    const found = await this.#probe().then(
      () => true,
      () => false,
    )
    if (this.#closed) return
    if (!found) return this.#wait()
    this.#timer = undefined
    this.#log.info('database.writable')
  }
}
