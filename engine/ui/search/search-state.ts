/** Is the search open, and is there a page that can open it? */
import { signal } from '@preact/signals-core'

export const searchOpen = signal(false)
/** true below the frame that draws the search. */
export const searchOffered = signal(false)

export function openSearch(): void {
  searchOpen.value = true
}

export function closeSearch(): void {
  searchOpen.value = false
}
