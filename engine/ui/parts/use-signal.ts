/** React listens to one signal; nothing above the component renders again. */
import type { ReadonlySignal } from '@preact/signals-core'
import { useCallback, useSyncExternalStore } from 'react'

export function useSignal<T>(source: ReadonlySignal<T>): T {
  const subscribe = useCallback(
    (changed: () => void) => {
      let first = true
      return source.subscribe(() => {
        if (first) first = false
        else changed()
      })
    },
    [source],
  )
  const read = () => source.peek()
  return useSyncExternalStore(subscribe, read, read)
}
