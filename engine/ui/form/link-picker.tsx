/** Finds a record of another form by what one types; a combobox that asks the server as one goes. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import type { Json } from '#base/json.ts'
import type { LinkValue, ListRequest, RecordAnswer } from '#contract/wire-record.ts'
import { listRecords } from '../client/records.ts'
import { Icon } from '../parts/icon.tsx'
import type { ControlIds } from '../parts/labelled.tsx'
import { Popover } from '../parts/popover.tsx'
import { useFocus } from '../parts/use-focus.ts'
import { useSignal } from '../parts/use-signal.ts'
import { describeError } from '../shell/describe-error.ts'
import { useText } from '../strings/use-text.ts'
import { rememberTitle, titleOf, titlesVersion } from './titles.ts'

export interface LinkPickerProps {
  readonly form: string
  readonly label: string
  readonly value: string | null
  readonly onValue: (picked: LinkValue | null) => void
  /** JSON Logic over the candidates; the record's values are already in it. */
  readonly filter?: Json | undefined
  readonly ids?: ControlIds | undefined
  readonly small?: boolean
  readonly autoFocus?: boolean
  /** What was typed to open the picker. */
  readonly initial?: string | undefined
  /** What was typed before and is no record's name. */
  readonly unknown?: string | undefined
  /** What was typed is no record's name. */
  readonly onNothing?: ((typed: string) => void) | undefined
  readonly onBlur?: () => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

export function LinkPicker(props: LinkPickerProps) {
  const { form, label, value, onValue, filter, ids, small, autoFocus, initial } = props
  const t = useText()
  useSignal(titlesVersion)
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(initial ?? null)
  const [open, setOpen] = useState(initial !== undefined)
  const [at, setAt] = useState(0)
  const client = useQueryClient()
  /** The typed text was already led to a record, or to none. */
  const led = useRef(false)
  useFocus(box, autoFocus === true && initial === undefined)
  useTypedFocus(box, initial !== undefined)
  const search = useDelayed(typed ?? '')
  const found = useCandidates({ form, filter, search, open })
  const records = found.data?.records ?? []
  const shown = value === null ? (props.unknown ?? '') : (titleOf(value) ?? value.slice(0, 8))
  const ready = !found.isFetching && search === (typed ?? '')
  function finish(text: string, how: 'first' | 'only'): void {
    if (led.current || text.trim() === '') return
    led.current = true
    void findRecord(client, { form, filter, search: text, how }).then((record) => {
      if (record) pick(record)
      else props.onNothing?.(text.trim())
    })
  }
  function pick(record: RecordAnswer | null): void {
    if (record) rememberTitle(record.id, record.title ?? record.id)
    led.current = true
    onValue(record ? { id: record.id, title: record.title ?? record.id } : null)
    setTyped(null)
    setOpen(false)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      event.stopPropagation()
      if (!open) setOpen(true)
      else
        setAt((at + (event.key === 'ArrowDown' ? 1 : -1) + Math.max(1, records.length)) % Math.max(1, records.length))
      return
    }
    if ((event.key === 'Enter' || event.key === 'Tab') && open && typed) {
      if (ready && records[at]) pick(records[at])
      else finish(typed, 'first')
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      event.stopPropagation()
      if (ready && records[at]) pick(records[at])
      return
    }
    props.onKeyDown?.(event)
  }
  function onTyped(text: string): void {
    led.current = false
    setTyped(text)
    setAt(0)
    setOpen(true)
    if (text === '' && value !== null) onValue(null)
  }
  return (
    <div ref={box} className="fl-picker">
      <input
        className={`fl-input ${small ? 'small' : ''}`}
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-activedescendant={open && records[at] ? `${list}-${at}` : undefined}
        aria-autocomplete="list"
        {...(ids ?? { 'aria-label': label })}
        value={typed ?? shown}
        placeholder={small ? undefined : t('pick')}
        onChange={(event) => onTyped(event.target.value)}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          if (!event.relatedTarget || !(event.relatedTarget as HTMLElement).closest('.fl-pop')) {
            if (typed) finish(typed, 'only')
            setOpen(false)
            setTyped(null)
            props.onBlur?.()
          }
        }}
      />
      <Icon name="chevron-down" size={14} />
      {open && (
        <Popover
          anchor={box}
          label={label}
          role="dialog"
          onClose={() => {
            setOpen(false)
            setTyped(null)
          }}
          minWidth={box.current?.offsetWidth ?? 240}
        >
          <div id={list} role="listbox" aria-label={label} tabIndex={-1}>
            {records.map((record, index) => (
              <div
                key={record.id}
                tabIndex={-1}
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === at}
                className={`fl-option-line ${index === at ? 'on' : ''}`}
                onPointerDown={(event) => {
                  event.preventDefault()
                  pick(record)
                }}
              >
                <span className="fl-cut fl-grow">{record.title ?? record.id}</span>
                {record.id === value && <Icon name="check" size={14} />}
              </div>
            ))}
          </div>
          <PickerState busy={found.isFetching} error={found.error} empty={records.length === 0} />
        </Popover>
      )}
    </div>
  )
}

function PickerState({
  busy,
  error,
  empty,
}: {
  readonly busy: boolean
  readonly error: unknown
  readonly empty: boolean
}) {
  const t = useText()
  const text = error ? describeError(error, t) : busy && empty ? t('loading') : empty ? t('pick_nothing') : ''
  return (
    <p className={text ? 'fl-picker-note' : 'fl-hidden'} role="status">
      {text}
    </p>
  )
}

interface CandidatesQuestion {
  readonly form: string
  readonly filter: Json | undefined
  readonly search: string
  readonly open: boolean
}

function candidates({ form, filter, search }: Omit<CandidatesQuestion, 'open'>) {
  return queryOptions({
    queryKey: ['records', form, 'candidates', filter, search],
    queryFn: ({ signal }) => listRecords(form, requestOf({ form, filter, search }), signal),
  })
}

function requestOf({ filter, search }: Omit<CandidatesQuestion, 'open'>): ListRequest {
  return { fields: ['title'], limit: 20, ...(filter ? { filter } : {}), ...(search ? { search } : {}) }
}

function useCandidates({ open, ...question }: CandidatesQuestion) {
  return useQuery({ ...candidates(question), enabled: open, placeholderData: (previous) => previous })
}

/** The record that the text means: by its exact title, else the first, or the only one, that was found. */
async function findRecord(
  client: QueryClient,
  { how, ...question }: Omit<CandidatesQuestion, 'open'> & { readonly how: 'first' | 'only' },
): Promise<RecordAnswer | undefined> {
  // Asked by itself: the picker's own question ends with the picker.
  const known = client.getQueryData(candidates(question).queryKey)
  const { records } = known ?? (await listRecords(question.form, requestOf(question)))
  const exact = records.find((record) => record.title?.toLowerCase() === question.search.trim().toLowerCase())
  return exact ?? (how === 'first' || records.length === 1 ? records[0] : undefined)
}

/** Goes on typing behind the first character, which is already there. */
function useTypedFocus(box: RefObject<HTMLElement | null>, wanted: boolean): void {
  useEffect(() => {
    const input = box.current?.querySelector('input')
    if (!wanted || !input) return
    input.focus()
    input.setSelectionRange(input.value.length, input.value.length)
  }, [box, wanted])
}

function useDelayed(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 200)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
