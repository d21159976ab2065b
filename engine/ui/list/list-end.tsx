/** The end of the rows that are here: coming near it fetches the next ones. */
import { useEffect, useRef, useState } from 'react'

/** So many pixels before the end. */
const ahead = 600

export interface ListEndProps {
  readonly busy: boolean
  readonly onReach: () => void
}

export function ListEnd({ busy, onReach }: ListEndProps) {
  const mark = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(0)
  useEffect(() => {
    const node = mark.current
    if (!node) return
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen((times) => times + 1)
      else setSeen(0)
    })
    observer.observe(node)
    return () => observer.disconnect()
  }, [])
  // Anew after each page, too: on a tall screen the end may still be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once per sight of the end and per page
  useEffect(() => {
    if (seen > 0 && !busy) onReach()
  }, [seen, busy])
  return (
    <div aria-hidden="true">
      <div ref={mark} style={{ height: ahead, marginTop: -ahead, pointerEvents: 'none' }} />
    </div>
  )
}
