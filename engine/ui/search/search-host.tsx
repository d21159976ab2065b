/** Opens the search by Ctrl K or `/` on any page, and draws it while it is open. */
import { lazy, Suspense, useEffect } from 'react'
import { useSignal } from '../parts/use-signal.ts'
import type { MenuSection } from '../shell/menu-items.ts'
import { closeSearch, openSearch, searchOffered, searchOpen } from './search-state.ts'

const SearchDialog = lazy(() => import('./search-dialog.tsx').then((found) => ({ default: found.SearchDialog })))

export function SearchHost({ sections }: { readonly sections: readonly MenuSection[] }) {
  const open = useSignal(searchOpen)
  useEffect(() => {
    searchOffered.value = true
    document.addEventListener('keydown', onKey)
    return () => {
      searchOffered.value = false
      closeSearch()
      document.removeEventListener('keydown', onKey)
    }
  }, [])
  if (!open) return null
  return (
    <Suspense fallback={null}>
      <SearchDialog sections={sections} />
    </Suspense>
  )
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.shiftKey) return
  const isShortcut = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
  const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event.target)
  if (!isShortcut && !isSlash) return
  if (document.querySelector('dialog[open]')) return
  event.preventDefault()
  openSearch()
}

/** A slash in a text is a slash. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="grid"], [role="grid"] *'))
  )
}
