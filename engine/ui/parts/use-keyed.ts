/** A value made once per key and kept while the key stays. */
import { useRef } from 'react'

export function useKeyed<T>(key: string, make: () => T): T {
  const kept = useRef<{ readonly key: string; readonly value: T } | null>(null)
  if (kept.current?.key !== key) kept.current = { key, value: make() }
  return kept.current.value
}
