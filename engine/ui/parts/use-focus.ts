/** Puts the focus where a person goes on, once, when the part appears. */
import { type RefObject, useEffect } from 'react'

export function useFocus(place: RefObject<HTMLElement | null>, wanted: boolean): void {
  useEffect(() => {
    if (!wanted || place.current?.contains(document.activeElement)) return
    const inside = place.current?.matches('input, select, textarea, button')
      ? place.current
      : place.current?.querySelector<HTMLElement>('input, select, textarea, button')
    inside?.focus()
    if (inside instanceof HTMLInputElement && inside.type === 'text') inside.select()
  }, [place, wanted])
}
