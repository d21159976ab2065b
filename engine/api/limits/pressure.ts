/** Is the process still in time: what is measured, and when it refuses instead of queueing. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import { Refusal } from '#base/problems.ts'

/** What is asked of the machine; tests answer in its place. */
export interface Probe {
  /** Typical lateness of the event loop since it was asked last. */
  delayMs(): number
  /** Writes that run or wait. */
  writes(): number
}

export interface PressureBounds {
  readonly delayMs: number
  readonly writes: number
  /** So many late windows in a row, so that one long piece of work is no overload. */
  readonly windows: number
}

export const usualBounds: PressureBounds = { delayMs: 500, writes: 1_000, windows: 3 }
export const windowMs = 500

export class Pressure {
  readonly #probe: Probe
  readonly #bounds: PressureBounds
  #late = 0
  #delayMs = 0
  #refused = 0

  constructor(probe: Probe, bounds: PressureBounds) {
    this.#probe = probe
    this.#bounds = bounds
  }

  get refused(): number {
    return this.#refused
  }

  /** Of the last window. */
  get delayMs(): number {
    return this.#delayMs
  }

  /** Once per window. One window in time, and the door is open again. */
  sample(): void {
    this.#delayMs = this.#probe.delayMs()
    this.#late = this.#delayMs > this.#bounds.delayMs ? this.#late + 1 : 0
  }

  /** Refusal `unavailable`: everything while the loop is late, what writes while too many writes wait. */
  requireRoom(method: string): void {
    const late = this.#late >= this.#bounds.windows
    const full = method !== 'GET' && this.#probe.writes() >= this.#bounds.writes
    if (!late && !full) return
    this.#refused += 1
    throw new Refusal('unavailable', { params: { retry_after: 2 } })
  }
}

/** Reads the delay of the event loop; `stop` when the server closes. */
export class LoopDelay {
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: resolutionMs })

  constructor() {
    this.#histogram.enable()
  }

  /** The median since the last call; timers come late by the resolution even when nothing is to do. */
  read(): number {
    const ms = this.#histogram.count === 0 ? 0 : this.#histogram.percentile(50) / 1e6 - resolutionMs
    this.#histogram.reset()
    return Math.max(0, ms)
  }

  stop(): void {
    this.#histogram.disable()
  }
}

const resolutionMs = 20
