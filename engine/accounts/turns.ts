/** One after the other per subject: parallel guesses at one account are still counted one by one. */
import { Refusal } from '#base/problems.ts'

const mostWaiting = 20

export class Turns {
  readonly #last = new Map<string, { tail: Promise<unknown>; waiting: number }>()

  /** Runs `work` when all earlier work of the subject is done. Refusal `too-many-requests` when too many wait. */
  async take<T>(subject: string, work: () => Promise<T>): Promise<T> {
    const entry = this.#last.get(subject) ?? { tail: Promise.resolve(), waiting: 0 }
    if (entry.waiting >= mostWaiting) throw new Refusal('too-many-requests', { params: { retry_after: 1 } })
    this.#last.set(subject, entry)
    entry.waiting += 1
    const mine = entry.tail.then(work)
    entry.tail = mine.then(
      () => undefined,
      () => undefined,
    )
    try {
      return await mine
    } finally {
      entry.waiting -= 1
      if (entry.waiting === 0) this.#last.delete(subject)
    }
  }
}
