/** Browsers say where a request comes from: one that changes something must come from the application itself. */
import { Refusal } from '#base/problems.ts'

export interface OriginHeaders {
  readonly host?: string | undefined
  readonly origin?: string | undefined
  readonly 'sec-fetch-site'?: string | undefined
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refusal `origin-refused`. Programs send neither header; they carry no cookie that a foreign page could use. */
export function requireOwnOrigin(method: string, headers: OriginHeaders, publicUrl: URL | null): void {
  if (safeMethods.has(method)) return
  const { origin } = headers
  if (origin === undefined || origin === '') {
    const site = headers['sec-fetch-site']
    if (site === undefined || site === 'same-origin' || site === 'none') return
    throw new Refusal('origin-refused')
  }
  if (origin === publicUrl?.origin) return
  const host = hostOf(origin)
  if (host === null || host !== headers.host?.toLowerCase()) throw new Refusal('origin-refused')
}

/** `null`, as sandboxed pages send it, has none. */
function hostOf(origin: string): string | null {
  try {
    const url = new URL(origin)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.host : null
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
