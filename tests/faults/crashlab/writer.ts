/** One of the writers of the crash laboratory: moves money, in single entries and in bulk, and revises what it wrote. */
import { isCutOff, pause } from '#tests/support/faults.ts'
import type { Intent, Journal } from '#tests/support/journal.ts'
import { entryOf } from '#tests/support/ledger.ts'
import type { Answer, Client } from '#tests/support/program.ts'

export interface Work {
  readonly number: number
  /** Of the accounts. */
  readonly ids: readonly string[]
  readonly journal: Journal
  readonly random: () => number
}

const entriesAtOnce = 3
const rowsOfImport = 150
const mostAttempts = 100

export class Writer {
  readonly #client: Client
  readonly #work: Work
  #last: { id: string; version: number; revised: number } | null = null
  #count = 0

  constructor(client: Client, work: Work) {
    this.#client = client
    this.#work = work
  }

  /** Until the server is gone. */
  async work(cycle: number, lives: { readonly value: boolean }): Promise<void> {
    while (lives.value) {
      const key = `${cycle}-${this.#work.number}-${++this.#count}`
      const chance = this.#work.random()
      const alive = await this.#step(key, chance)
      if (!alive) return
    }
  }

  async #step(key: string, chance: number): Promise<boolean> {
    if (this.#count % 3 === 0 && this.#last) return this.#revise()
    if (chance < 0.2) return this.#send(this.#bulk(key))
    return this.#send(this.#single(key))
  }

  #single(key: string): Intent {
    return { key, references: [key], path: '/api/forms/entry/records', body: entryOf(key, this.#move()) }
  }

  #bulk(key: string): Intent {
    const references = Array.from({ length: entriesAtOnce }, (_, index) => `${key}.${index}`)
    const operations = references.map((reference) => ({ verb: 'create', values: entryOf(reference, this.#move()) }))
    return { key, references, path: '/api/forms/entry/records/bulk', body: { atomic: true, operations } }
  }

  #move(): { from: string; to: string; amount: number } {
    const { ids, random } = this.#work
    const from = Math.floor(random() * ids.length)
    const to = (from + 1 + Math.floor(random() * (ids.length - 1))) % ids.length
    return { from: ids[from] ?? '', to: ids[to] ?? '', amount: 1 + Math.floor(random() * 60) }
  }

  async #send(intent: Intent): Promise<boolean> {
    const answer = await send(this.#client, this.#work.journal, intent)
    const created = answer?.status === 201 ? answer.body : null
    if (created) this.#last = { id: created.id, version: created.version, revised: 0 }
    return answer !== null
  }

  /** A PATCH has no key: its version is what makes it happen once. */
  async #revise(): Promise<boolean> {
    const { id, version, revised } = this.#last ?? { id: '', version: 0, revised: 0 }
    this.#last = null
    const path = `/api/forms/entry/records/${id}`
    const answer = await this.#client.patch(path, { revised: revised + 1 }, version).catch(cutOff)
    if (answer === null) return false
    if (answer.status !== 200) throw new Error(`revise: ${answer.status} ${JSON.stringify(answer.body)}`)
    this.#work.journal.note({ id, value: answer.body.revised, version: answer.body.version })
    this.#last = { id, version: answer.body.version, revised: answer.body.revised }
    return true
  }
}

/** An import that waits for its commit; its accounts were not there before, so nothing else counts on them. */
export async function prepareImport(client: Client, cycle: number): Promise<string> {
  const rows = Array.from({ length: rowsOfImport }, (_, index) => `I-${cycle}-${index},1`)
  const content = ['code,note', ...rows].join('\r\n')
  const made = await client.post('/api/forms/account/import', { name: 'a.csv', content })
  if (made.status !== 201) throw new Error(`import: ${made.status} ${JSON.stringify(made.body)}`)
  return made.body.id
}

/** Beside the writers; cut off or done. */
export async function commitImport(client: Client, id: string): Promise<void> {
  const done = await client.post(`/api/imports/${id}/commit`, {}).catch(cutOff)
  if (done && done.status >= 300) throw new Error(`commit: ${done.status} ${JSON.stringify(done.body)}`)
}

/** Sends with its key and notes the answer; null: cut off. Beside a promise only a refusal by a rule of the ledger ends an intent. */
export async function send(client: Client, journal: Journal, intent: Intent): Promise<Answer | null> {
  journal.intend(intent)
  const answer = await client.post(intent.path, intent.body, { 'idempotency-key': intent.key }).catch(cutOff)
  if (answer === null || isLater(answer)) return answer
  if (answer.status >= 300 && answer.status !== 422)
    throw new Error(`${intent.path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  journal.answer({ key: intent.key, status: answer.status, records: recordsOf(answer) })
  return answer
}

/** The database may still be at work on what the killed program began. */
export async function sendUntilAnswered(client: Client, journal: Journal, intent: Intent): Promise<void> {
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const answer = await send(client, journal, intent)
    if (answer && !isLater(answer)) return
    await pause(50)
  }
}

/** "Still running" and "not now" are no answers yet. */
function isLater({ status }: Answer): boolean {
  return status === 409 || status === 503
}

function recordsOf({ status, body }: Answer): readonly { id: string; version: number }[] {
  if (status === 422) return []
  return (body.results ?? [body]).map(({ id, version }: { id: string; version: number }) => ({ id, version }))
}

function cutOff(error: unknown): null {
  if (isCutOff(error)) return null
  throw error
}
