/** A small client for one workspace: typed by what was generated from its document, without any dependency. */
import { randomUUID } from 'node:crypto'
import type { Forms } from './workspace.ts'

export type FormName = keyof Forms

export interface ListQuery {
  /** A JSON Logic rule over the fields of the form. */
  readonly filter?: unknown
  /** `-order_date`: descending. */
  readonly sort?: readonly string[]
  readonly search?: string
  /** Records per request, at most 500. */
  readonly limit?: number
}

export interface ClientOptions {
  /** `https://work.example.com` */
  readonly address: string
  /** Made under Account, or by POST /api/keys. */
  readonly key: string
  /** How often a request is sent again when the server says to come back later. */
  readonly retries?: number
}

/** The server refused; `code` is one of those that the document lists for the route. */
export class ProblemError extends Error {
  readonly code: string
  readonly status: number
  readonly requestId: string | null
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[]

  constructor(
    answer: Response,
    problem: { type?: string; title?: string; detail?: string; errors?: ProblemError['errors'] },
  ) {
    const errors = problem.errors ?? []
    super(
      [problem.title, problem.detail, ...errors.map((error) => `${error.pointer} ${error.message}`)]
        .filter(Boolean)
        .join('; '),
    )
    this.code = (problem.type ?? '').replace('/problems/', '')
    this.status = answer.status
    this.requestId = answer.headers.get('x-request-id')
    this.errors = errors
  }
}

export class FormloomClient {
  readonly #options: ClientOptions

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** Every record that answers, page by page, as far as the caller goes on asking. */
  async *list<F extends FormName>(form: F, query: ListQuery = {}): AsyncGenerator<Forms[F]['record']> {
    let cursor: string | null = null
    do {
      const body: object = { ...query, ...(cursor === null ? {} : { cursor }) }
      const page: Page<F> = await this.#ask('POST', `/api/forms/${form}/records/query`, { body })
      yield* page.records
      cursor = page.next
    } while (cursor !== null)
  }

  async read<F extends FormName>(form: F, id: string): Promise<Forms[F]['record']> {
    return this.#ask('GET', `/api/forms/${form}/records/${encodeURIComponent(id)}`)
  }

  /** Safe to send again: one key, one record. */
  async create<F extends FormName>(form: F, values: Forms[F]['create']): Promise<Forms[F]['record']> {
    const headers = { 'idempotency-key': randomUUID() }
    return this.#ask('POST', `/api/forms/${form}/records`, { body: values, headers })
  }

  /** Refused with `conflict` when somebody else changed the same fields since `record` was read. */
  async change<F extends FormName>(
    form: F,
    record: { readonly id: string; readonly version: number },
    values: Forms[F]['change'],
  ): Promise<Forms[F]['record']> {
    const headers = { 'if-match': `"${record.version}"` }
    return this.#ask('PATCH', `/api/forms/${form}/records/${encodeURIComponent(record.id)}`, { body: values, headers })
  }

  async delete<F extends FormName>(form: F, record: { readonly id: string; readonly version: number }): Promise<void> {
    const headers = { 'if-match': `"${record.version}"` }
    await this.#ask('DELETE', `/api/forms/${form}/records/${encodeURIComponent(record.id)}`, { headers })
  }

  async #ask<T>(
    method: string,
    path: string,
    more: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<T> {
    const { address, key, retries = 3 } = this.#options
    for (let attempt = 0; ; attempt += 1) {
      const answer = await fetch(new URL(path, address), {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...more.headers,
        },
        ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
      })
      if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T
      const later = Number(answer.headers.get('retry-after') ?? Number.NaN)
      const problem = await problemOf(answer)
      if (Number.isNaN(later) || attempt >= retries) throw new ProblemError(answer, problem)
      await new Promise((resolve) => setTimeout(resolve, later * 1000))
    }
  }
}

interface Page<F extends FormName> {
  readonly records: readonly Forms[F]['record'][]
  readonly next: string | null
}

/** A proxy in between may answer with something else than JSON. */
async function problemOf(answer: Response): Promise<ConstructorParameters<typeof ProblemError>[1]> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true
  return isProblem ? ((await answer.json()) as object) : { title: `${answer.status} ${answer.statusText}` }
}
