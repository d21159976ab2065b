/** Turns at long reads: so many at once, and whose caller has the fewest running is next, so that nobody keeps all of them. */
import { Refusal } from '#base/problems.ts'

export interface LongTurnsLimits {
  /** Running at once. */
  readonly most: number
  /** Waiting at once, of one caller. */
  readonly mostWaiting: number
}

interface Waiting {
  readonly caller: string
  begin(): void
}

export class LongTurns {
  readonly #limits: LongTurnsLimits
  readonly #running = new Map<string, number>()
  readonly #waiting: Waiting[] = []
  #count = 0

  constructor(limits: LongTurnsLimits) {
    this.#limits = limits
  }

  /** Refusal `too-many-requests`: the caller has too many waiting already. */
  async take<T>(caller: string, work: () => Promise<T>): Promise<T> {
    await this.#turn(caller)
    try {
      return await work()
    } finally {
      this.#end(caller)
    }
  }

  #turn(caller: string): Promise<void> | undefined {
    if (this.#count < this.#limits.most) {
      this.#count += 1
      this.#begun(caller)
      return undefined
    }
    const own = this.#waiting.filter((each) => each.caller === caller).length
    if (own >= this.#limits.mostWaiting) throw new Refusal('too-many-requests', { params: { retry_after: 2 } })
    return new Promise((begin) => this.#waiting.push({ caller, begin }))
  }

  #begun(caller: string): void {
    this.#running.set(caller, this.#runningOf(caller) + 1)
  }

  /** Hands the place on. */
  #end(caller: string): void {
    const left = this.#runningOf(caller) - 1
    if (left > 0) this.#running.set(caller, left)
    else this.#running.delete(caller)
    const next = this.#next()
    if (!next) this.#count -= 1
    else {
      this.#begun(next.caller)
      next.begin()
    }
  }

  /** The first of those whose caller has the fewest running. */
  #next(): Waiting | undefined {
    const fewest = Math.min(...this.#waiting.map((each) => this.#runningOf(each.caller)))
    const at = this.#waiting.findIndex((each) => this.#runningOf(each.caller) === fewest)
    return at < 0 ? undefined : this.#waiting.splice(at, 1)[0]
  }

  #runningOf(caller: string): number {
    return this.#running.get(caller) ?? 0
  }
}
