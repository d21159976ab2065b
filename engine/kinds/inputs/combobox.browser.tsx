/** A text field with a list below it (ARIA combobox): search, arrow keys, Enter, clear; the popover closes on Escape. It opens on click and typing. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Icon } from '#ui/parts/icon.tsx'
import { Popover } from '#ui/parts/popover.tsx'
import type { PickedRecord } from '../field-faces.ts'
import type { ControlProps } from './control-props.ts'
import { word } from './words.ts'

export interface ComboboxProps {
  readonly control: ControlProps
  readonly label: string
  readonly locale: string
  /** What is chosen now; '' when nothing is. */
  readonly shown: string
  readonly readOnly?: boolean | undefined
  readonly dense?: true | undefined
  /** Offered while `query` is typed; '' right after opening. */
  find(query: string): Promise<readonly PickedRecord[]>
  choose(entry: PickedRecord): void
  /** Absent where nothing may be cleared. */
  clear?: (() => void) | undefined
  onBlur?: (() => void) | undefined
}

type Search =
  | { readonly state: 'closed' | 'searching' | 'failed' }
  | { readonly state: 'open'; readonly entries: readonly PickedRecord[] }

export function Combobox(props: ComboboxProps) {
  const { control, label, locale, shown, readOnly, dense } = props
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const box = useCombobox(props)
  const isOpen = box.search.state !== 'closed'
  return (
    <div className="fl-combobox">
      <input
        {...control}
        ref={input}
        type="text"
        role="combobox"
        className={`fl-input${dense ? ' dense' : ''}`}
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen && box.active >= 0 ? `${listId}-${box.active}` : undefined}
        value={box.query ?? shown}
        readOnly={readOnly}
        onChange={(event) => box.type(event.target.value)}
        onKeyDown={box.key}
        onFocus={(event) => event.target.select()}
        onClick={box.open}
        onBlur={box.leave}
      />
      {props.clear && shown !== '' && !readOnly && (
        <button
          type="button"
          className="fl-clear"
          aria-label={`${word('clear', locale)} ${label}`}
          onClick={props.clear}
        >
          <Icon name="x" size={14} />
        </button>
      )}
      {isOpen && (
        <Popover
          key={box.search.state}
          anchor={input}
          onClose={box.close}
          label={label}
          minWidth={input.current?.offsetWidth ?? 0}
        >
          <Options search={box.search} {...{ listId, label, locale }} active={box.active} choose={box.choose} />
        </Popover>
      )}
    </div>
  )
}

interface OptionsProps {
  readonly search: Search
  readonly listId: string
  readonly label: string
  readonly locale: string
  readonly active: number
  choose(entry: PickedRecord): void
}

function Options({ search, listId, label, locale, active, choose }: OptionsProps) {
  const note =
    search.state === 'searching'
      ? word('searching', locale)
      : search.state === 'failed'
        ? word('searchFailed', locale)
        : null
  const entries = search.state === 'open' ? search.entries : []
  const empty = search.state === 'open' && entries.length === 0 ? word('nothingFound', locale) : null
  return (
    <div className="fl-options" onPointerDown={(event) => event.preventDefault()}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the list of the combobox, which keeps the focus */}
      <ul id={listId} role="listbox" aria-label={label}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox listens to the keys of its options
          <li
            key={entry.id}
            id={`${listId}-${index}`}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: an option of the list above
            role="option"
            aria-selected={index === active}
            className={index === active ? 'active' : ''}
            ref={index === active ? showOption : undefined}
            onClick={() => choose(entry)}
          >
            <span className="fl-cut">{entry.title}</span>
            {entry.subtitle !== undefined && <span className="fl-cut fl-ink-3">{entry.subtitle}</span>}
          </li>
        ))}
      </ul>
      <p role="status" className={(note ?? empty) ? 'fl-option-note' : 'fl-hidden'}>
        {note ?? empty ?? word('results', locale, { count: entries.length })}
      </p>
    </div>
  )
}

function showOption(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' })
}

function useCombobox({ find, choose, clear, readOnly, onBlur }: ComboboxProps) {
  const [query, setQuery] = useState<string | null>(null)
  const [search, setSearch] = useState<Search>({ state: 'closed' })
  const [active, setActive] = useState(-1)
  const run = useSearch(find, setSearch)
  const entries = search.state === 'open' ? search.entries : []

  function type(text: string): void {
    setQuery(text)
    setActive(0)
    run(text)
    if (text === '') clear?.()
  }
  function open(): void {
    if (!readOnly && search.state === 'closed') run(query ?? '')
  }
  function close(): void {
    run(null)
    setQuery(null)
    setActive(-1)
  }
  function take(entry: PickedRecord | undefined): void {
    if (entry === undefined) return
    close()
    choose(entry)
  }
  function key(event: KeyboardEvent): void {
    const isOpen = search.state !== 'closed'
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) {
        open()
        return
      }
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((at) => (entries.length === 0 ? -1 : (at + step + entries.length) % entries.length))
    }
    if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      take(entries[active])
    }
  }
  function leave(): void {
    close()
    onBlur?.()
  }
  return { query, search, active, type, open, close, key, leave, choose: take }
}

const waitMs = 150

/** Searches after a pause of typing; answers that come late are dropped. null closes. */
function useSearch(find: ComboboxProps['find'], show: (search: Search) => void): (query: string | null) => void {
  const round = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => () => {
      round.current += 1
      clearTimeout(timer.current)
    },
    [],
  )
  return (query) => {
    clearTimeout(timer.current)
    round.current += 1
    const mine = round.current
    if (query === null) return show({ state: 'closed' })
    show({ state: 'searching' })
    timer.current = setTimeout(
      () => {
        find(query).then(
          (entries) => {
            if (mine === round.current) show({ state: 'open', entries })
          },
          () => {
            if (mine === round.current) show({ state: 'failed' })
          },
        )
      },
      query === '' ? 0 : waitMs,
    )
  }
}
