/** Text as it is typed: the control keeps it while it has the focus, the document what could be read of it. */
import { type FocusEvent, useRef, useState } from 'react'

export interface DraftText {
  readonly text: string
  readonly onText: (text: string) => void
  readonly onFocus: (event: FocusEvent) => void
  /** On leaving, what the document has is shown again, unless the text says something else that cannot be read. */
  readonly onLeave: (keep: boolean) => void
}

export function useDraftText(shown: string): DraftText {
  const [text, setText] = useState(shown)
  const [last, setLast] = useState(shown)
  const focused = useRef(false)
  if (last !== shown) {
    setLast(shown)
    if (!focused.current) setText(shown)
  }
  return {
    text,
    onText: setText,
    onFocus: () => {
      focused.current = true
    },
    onLeave: (keep) => {
      focused.current = false
      if (!keep) setText(shown)
    },
  }
}
