/** Searches while one types: after a pause, one question at a time, the one before is given up. */
import { useEffect, useState } from 'react'
import type { SearchAnswer } from '#contract/wire-search.ts'
import { searchEverywhere } from '../client/search.ts'

const waitMs = 150
/** Shorter than this the server has no answer. */
export const shortest = 2

export interface Search {
  readonly state: 'idle' | 'searching' | 'done' | 'failed'
  /** What `answer` is the answer to. */
  readonly text: string
  /** The one before stands until the next is here. */
  readonly answer: SearchAnswer | null
  readonly error: unknown
}

const idle: Search = { state: 'idle', text: '', answer: null, error: null }

/** `round` asks the same text once more. */
export function useSearch(text: string, round: number): Search {
  const [search, setSearch] = useState<Search>(idle)
  const asked = text.trim()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    if (asked.length < shortest) {
      setSearch(idle)
      return
    }
    const abort = new AbortController()
    setSearch((before) => ({ ...before, state: 'searching', error: null }))
    const timer = setTimeout(() => {
      searchEverywhere(asked, abort.signal).then(
        (answer) => setSearch({ state: 'done', text: asked, answer, error: null }),
        (error: unknown) => {
          if (!abort.signal.aborted) setSearch({ state: 'failed', text: asked, answer: null, error })
        },
      )
    }, waitMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [asked, round])
  return search
}
