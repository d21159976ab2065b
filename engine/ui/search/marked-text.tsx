/** A text with the places that answer a search. */
import type { Marks } from '#contract/wire-search.ts'

export function MarkedText({ text, marks }: { readonly text: string; readonly marks: Marks }) {
  const ends = [0, ...marks.map(([, end]) => end)]
  return (
    <>
      {marks.map(([start, end], index) => (
        <span key={start}>
          {text.slice(ends[index], start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  )
}
