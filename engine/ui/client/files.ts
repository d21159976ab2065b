/** Sends one file, with its progress: the one request that `fetch` cannot make. */
import type { ProblemDocument } from '#contract/wire-problem.ts'
import { offline, signedOut } from './connection.ts'
import { OfflineError, ProblemError } from './problem-error.ts'

export interface FileAnswer {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly type: string
}

export interface SendOptions {
  /** Between 0 and 1. */
  readonly onProgress: (share: number) => void
  readonly signal: AbortSignal
}

/** Throws ProblemError or OfflineError; an AbortError when `signal` ends it. */
export function sendFile(file: File, { onProgress, signal }: SendOptions): Promise<FileAnswer> {
  const body = new FormData()
  body.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/files')
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', document.documentElement.lang || 'en')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      offline.value = false
      if (request.status === 201) resolve(JSON.parse(request.responseText) as FileAnswer)
      else reject(refused(request))
    })
    request.addEventListener('error', () => reject(new OfflineError()))
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(body)
  })
}

function refused(request: XMLHttpRequest): ProblemError {
  if (request.status === 401) signedOut.value += 1
  const isProblem = request.getResponseHeader('content-type')?.includes('json') === true
  const fallback = { type: '/problems/internal', title: request.statusText || `HTTP ${request.status}` }
  const said = isProblem ? (JSON.parse(request.responseText) as Partial<ProblemDocument>) : {}
  return new ProblemError({ ...fallback, ...said, status: request.status })
}
