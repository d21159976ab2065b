/** The end of the rows that are here: coming near it fetches the next ones. */
import { useEffect, useRef } from 'react'

/** So many pixels before the end. */
const ahead = 600

export function ListEnd({ onReach }: { readonly onReach: () => void }) {
  const mark = useRef<HTMLDivElement>(null)
  const reach = useRef(onReach)
  reach.current = onReach
  useEffect(() => {
    const node = mark.current
    if (!node) return
    const observer = new IntersectionObserver(([seen]) => {
      if (seen?.isIntersecting) reach.current()
    })
    observer.observe(node)
    return () => observer.disconnect()
  }, [])
  return (
    <div aria-hidden="true">
      <div ref={mark} style={{ height: ahead, marginTop: -ahead, pointerEvents: 'none' }} />
    </div>
  )
}
