/** Search across forms over the wire. */
import type { SearchAnswer } from '#contract/wire-search.ts'
import { request } from './request.ts'

export function searchEverywhere(text: string, signal: AbortSignal): Promise<SearchAnswer> {
  return request(`/api/search?${new URLSearchParams({ q: text })}`, { signal })
}
