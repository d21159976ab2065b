/** "Move to…": a searchable list of places. */
import { type KeyboardEvent, useMemo, useState } from 'react'
import { Dialog } from '#ui/parts/dialog.tsx'
import { Icon } from '#ui/parts/icon.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDocument, useEditor } from './editor-context.tsx'
import { matchingPlaces, type NamedPlace, placesFor } from './places.ts'

export function MoveToDialog() {
  const editor = useEditor()
  const id = useSignal(editor.moving)
  return id === null ? null : <Places id={id} />
}

function Places({ id }: { readonly id: string }) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const [query, setQuery] = useState('')
  const places = useMemo(() => placesFor(document, id, language), [document, id, language])
  const shown = matchingPlaces(places, query)
  const close = () => {
    editor.moving.value = null
    editor.focusWish.value = { area: 'canvas', id }
  }
  const pick = (place: NamedPlace | undefined) => {
    if (!place) return
    editor.moving.value = null
    editor.run({ do: 'move', id, place: place.place }, 'canvas')
  }
  return (
    <Dialog title={say('move_to_title', { name: titleOf(document, id, language) })} onClose={close}>
      <div className="fl-search fd-search">
        <Icon name="search" />
        <input
          type="search"
          autoFocus
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          placeholder={say('move_to_search')}
          aria-label={say('move_to_search')}
          onKeyDown={(event) => onSearchKey(event, () => pick(shown[0]))}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk the buttons inside */}
      <div className="fd-places" onKeyDown={moveFocus}>
        {shown.map((place) => (
          <button key={place.key} type="button" className="fl-menuitem" onClick={() => pick(place)}>
            <span className="fl-grow fl-cut">{place.label}</span>
            <span className="fl-ink-3 fl-12 fl-cut">{place.within}</span>
          </button>
        ))}
        {shown.length === 0 && <p className="fd-none">{say('move_to_none')}</p>}
      </div>
    </Dialog>
  )
}

function onSearchKey(event: KeyboardEvent<HTMLInputElement>, pickFirst: () => void): void {
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
    event.preventDefault()
    pickFirst()
  }
  if (event.key === 'ArrowDown') {
    event.preventDefault()
    event.currentTarget.closest('dialog')?.querySelector<HTMLElement>('.fd-places button')?.focus()
  }
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  all[Math.max(0, Math.min(all.length - 1, all.indexOf(event.target as HTMLElement) + step))]?.focus()
}
