/** Search everywhere (ARIA combobox in a modal): results while one types, arrows choose, Enter opens, Escape closes. */
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { useWorkspace } from '../client/workspace.tsx'
import { pluralOf } from '../list/list-place.ts'
import { tabsOf } from '../list/view-order.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { describeError } from '../shell/describe-error.ts'
import type { MenuSection } from '../shell/menu-items.ts'
import { type Translate, useLabel, useText } from '../strings/use-text.ts'
import { type Choice, choicesOf } from './search-choices.ts'
import { SearchOptions } from './search-options.tsx'
import { closeSearch } from './search-state.ts'
import { type Search, shortest, useSearch } from './use-search.ts'

export function SearchDialog({ sections }: { readonly sections: readonly MenuSection[] }) {
  const t = useText()
  const dialog = useRef<HTMLDialogElement>(null)
  const listId = useId()
  const box = useSearchBox(sections)
  const { text, search, groups, active } = box
  useEffect(() => {
    const node = dialog.current
    if (node && !node.open) node.showModal()
    return () => node?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="fl-dialog fl-finder"
      aria-label={t('find_label')}
      onCancel={(event) => {
        event.preventDefault()
        closeSearch()
      }}
      onPointerDown={(event) => {
        if (event.target === dialog.current) closeSearch()
      }}
    >
      <header>
        <Icon name="search" size={18} />
        <input
          type="text"
          role="combobox"
          aria-label={t('find_label')}
          aria-autocomplete="list"
          aria-expanded={groups.length > 0}
          aria-controls={listId}
          aria-activedescendant={active ? `${listId}-${active.id}` : undefined}
          aria-busy={search.state === 'searching'}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder={t('find')}
          value={text}
          onChange={(event) => box.type(event.target.value)}
          onKeyDown={box.key}
        />
        <IconButton icon="x" label={t('close')} onClick={closeSearch} />
      </header>
      <div className={`content ${search.state === 'searching' ? 'busy' : ''}`}>
        <SearchOptions listId={listId} groups={groups} active={active?.id} onPick={closeSearch} />
        <Status text={text} search={search} hasPages={groups[0]?.form === ''} onAgain={box.again} />
      </div>
      <footer className="fl-only-desk" aria-hidden="true">
        {t('find_keys')}
      </footer>
    </dialog>
  )
}

/** What was typed, what is offered, which of it Enter opens. */
function useSearchBox(sections: readonly MenuSection[]) {
  const { app } = useWorkspace()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [round, setRound] = useState(0)
  const [at, setAt] = useState(0)
  const search = useSearch(text, round)
  const groups = useMemo(() => {
    const viewOf = (form: string) => tabsOf(app.views, form).find((view) => !view.filter)?.name
    return choicesOf({ text: text.trim(), sections, answer: search.answer, viewOf })
  }, [app, text, sections, search.answer])
  const choices = groups.flatMap((group) => group.choices)
  const active: Choice | undefined = choices[Math.min(at, choices.length - 1)]
  function type(next: string): void {
    setText(next)
    setAt(0)
  }
  function key(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    const step = steps[event.key]
    if (step !== undefined && choices.length > 0) {
      event.preventDefault()
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length)
    }
    if (event.key === 'Enter' && active && isCurrent(search, text)) {
      event.preventDefault()
      closeSearch()
      void navigate({ to: active.to, search: active.search })
    }
  }
  return { text, search, groups, active, type, key, again: () => setRound(round + 1) }
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

/** Enter never opens what answers another text. */
function isCurrent(search: Search, text: string): boolean {
  return search.answer === null || search.text === text.trim()
}

interface StatusProps {
  readonly text: string
  readonly search: Search
  readonly hasPages: boolean
  readonly onAgain: () => void
}

/** Said aloud as it changes. */
function Status({ text, search, hasPages, onAgain }: StatusProps) {
  const t = useText()
  const label = useLabel()
  const { app } = useWorkspace()
  const nameOf = (form: string) => {
    const found = app.forms.find(({ name }) => name === form)
    return label(found && pluralOf(found), form)
  }
  const reading = search.state === 'done' ? (search.answer?.reading ?? []) : []
  const found = search.answer?.groups.reduce((sum, group) => sum + group.records.length, 0) ?? 0
  const isQuiet = search.state === 'done' && (found > 0 || hasPages)
  return (
    <div className="fl-find-status">
      <p role="status" className={isQuiet ? 'fl-hidden' : ''}>
        {statusOf(text, search, { found, t })}
      </p>
      {search.state === 'failed' && (
        <Button small onClick={onAgain}>
          {t('try_again')}
        </Button>
      )}
      {reading.length > 0 && <p>{t('find_reading', { forms: reading.map(nameOf).join(t('list_separator')) })}</p>}
    </div>
  )
}

function statusOf(
  text: string,
  search: Search,
  { found, t }: { readonly found: number; readonly t: Translate },
): string {
  switch (search.state) {
    case 'failed':
      return describeError(search.error, t)
    case 'searching':
      return found > 0 ? '' : t('find_searching')
    case 'done':
      return found > 0 ? t('find_results', { count: found }) : t('find_none', { text: search.text })
    default:
      return text.trim() === '' ? t('find_hint') : text.trim().length < shortest ? t('find_short') : ''
  }
}
