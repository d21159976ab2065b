/** A label edited in its place: Enter and leaving keep it, Escape does not. */
import { useEffect, useRef } from 'react'
import { fieldOf, nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'

export function RenameInput({ id }: { readonly id: string }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const input = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  const node = nodeOf(document, id)
  const labelled = fieldOf(document, id)?.id ?? id
  const property = node?.type === 'item' && labelled === id ? 'text' : 'label'
  const first = titleOf(document, id, language)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const end = (keep: boolean) => {
    if (done.current) return
    done.current = true
    const text = input.current?.value.trim() ?? ''
    editor.renaming.value = null
    editor.close()
    if (keep && text !== '' && text !== first) editor.run({ do: 'set-label', id: labelled, language, text, property })
    editor.close()
    editor.focusWish.value = { area: 'canvas', id }
  }
  return (
    <input
      ref={input}
      className="fd-rename"
      data-no-drag
      data-own-undo
      aria-label={say('rename')}
      defaultValue={first}
      onBlur={() => end(true)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) end(true)
        if (event.key === 'Escape') end(false)
      }}
    />
  )
}
