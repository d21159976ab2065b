/** What writers meant to do and what they were told: the evidence that an auditor holds against the database. */
import { appendFileSync } from 'node:fs'

export interface Intent {
  /** Also the Idempotency-Key. */
  readonly key: string
  /** By which what it writes is found again. */
  readonly references: readonly string[]
  readonly path: string
  readonly body: object
}

export interface Acknowledged {
  readonly key: string
  readonly status: number
  /** One per record that the request wrote. */
  readonly records: readonly { readonly id: string; readonly version: number }[]
  readonly revised?: { readonly id: string; readonly value: number }
}

/** Intents are written down before anything is sent; in a file, so that a failed run can be studied. */
export class Journal {
  readonly #file: string
  readonly #intents = new Map<string, Intent>()
  readonly #answers = new Map<string, Acknowledged>()
  readonly #imports: string[] = []
  #revisions = 0

  constructor(file: string) {
    this.#file = file
  }

  get intents(): readonly Intent[] {
    return [...this.#intents.values()]
  }

  /** Told with a 2xx. */
  get acknowledged(): readonly Acknowledged[] {
    return [...this.#answers.values()].filter(({ status }) => status < 300)
  }

  get unanswered(): readonly Intent[] {
    return this.intents.filter(({ key }) => !this.#answers.has(key))
  }

  get imports(): readonly string[] {
    return this.#imports
  }

  intend(intent: Intent): void {
    this.#intents.set(intent.key, intent)
    this.#append({ intent })
  }

  answer(acknowledged: Acknowledged): void {
    this.#answers.set(acknowledged.key, acknowledged)
    this.#append({ acknowledged })
  }

  /** An acknowledged change of a record that was there. */
  note({ id, value, version }: { id: string; value: number; version: number }): void {
    const key = `revision ${++this.#revisions}`
    this.answer({ key, status: 200, records: [{ id, version }], revised: { id, value } })
  }

  noteImport(id: string): void {
    this.#imports.push(id)
    this.#append({ import: id })
  }

  #append(line: object): void {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`)
  }
}
