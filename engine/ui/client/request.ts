/** The one way to the server: JSON in and out, problems as errors, versions as ETags, one key per POST. */
import type { ProblemDocument } from '#contract/wire-problem.ts'
import { offline, serverRevision, signedOut } from './connection.ts'
import { OfflineError, ProblemError } from './problem-error.ts'

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'
  readonly body?: unknown
  /** The version that was read; sent as If-Match. */
  readonly version?: number
  /** A repeated POST with the same key has one effect. Made anew when absent. */
  readonly key?: string
  readonly signal?: AbortSignal
  /** A 401 is an answer here, not the end of the session. */
  readonly anonymous?: boolean
}

/** Example: `await request<RecordAnswer>('/api/forms/order/records/019…')`. Throws ProblemError or OfflineError. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options)
  noteRevision(response)
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  const document = await readProblem(response)
  if (response.status === 401 && options.anonymous !== true) signedOut.value += 1
  throw new ProblemError(document)
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  try {
    const response = await fetch(path, initOf(options))
    offline.value = false
    return response
  } catch (error) {
    if (options.signal?.aborted) throw error
    offline.value = true
    throw new OfflineError()
  }
}

function initOf({ method = 'GET', body, version, key, signal }: RequestOptions): RequestInit {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': document.documentElement.lang || 'en',
  }
  if (body !== undefined && !(body instanceof FormData)) headers['content-type'] = 'application/json'
  if (version !== undefined) headers['if-match'] = `"${version}"`
  if (method === 'POST') headers['idempotency-key'] = key ?? newKey()
  return {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }
}

/** A random key; works on plain HTTP too, where randomUUID is missing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function noteRevision(response: Response): void {
  const revision = Number(response.headers.get('x-formloom-revision'))
  if (Number.isInteger(revision) && revision > 0) serverRevision.value = revision
}

async function readProblem(response: Response): Promise<ProblemDocument> {
  const fallback: ProblemDocument = {
    type: '/problems/internal',
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
  }
  const text = await response.text()
  if (!response.headers.get('content-type')?.includes('json')) return fallback
  return { ...fallback, ...(JSON.parse(text) as Partial<ProblemDocument>), status: response.status }
}
