/** Plain values: text, number, switch, choice, JSON, lists of words. */
import { useState } from 'react'
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import { ProblemText } from '#ui/parts/labelled.tsx'
import { useLabel } from '#ui/strings/use-text.ts'
import { useWords } from '../strings/use-words.ts'
import { useDraftText } from './draft-text.tsx'
import type { EditorProps } from './editor-props.ts'
import { YesNo } from './yes-no.tsx'

export function TextEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const shown = typeof entry.value === 'string' ? entry.value : ''
  const placeholder = typeof entry.fallback === 'string' ? entry.fallback : undefined
  return (
    <input
      className="fl-input small"
      aria-label={label}
      value={shown}
      placeholder={placeholder}
      onChange={(event) => onValue(event.target.value === '' ? undefined : event.target.value)}
      onBlur={onEnd}
    />
  )
}

/** A limit may be exact text (`"12.50"`) where the option's schema asks for it. */
export function NumberEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const { text, onText, onFocus, onLeave } = useDraftText(entry.value === undefined ? '' : String(entry.value))
  const asText = isObject(entry.option?.schema) && entry.option.schema['type'] === 'string'
  const type = (next: string) => {
    onText(next)
    const trimmed = next.trim()
    if (trimmed === '') onValue(undefined)
    else if (/^-?\d+(\.\d+)?$/.test(trimmed)) onValue(asText ? trimmed : Number(trimmed))
  }
  const valid = text.trim() === '' || /^-?\d+(\.\d+)?$/.test(text.trim())
  return (
    <input
      className="fl-input small"
      inputMode="decimal"
      aria-label={label}
      aria-invalid={valid ? undefined : true}
      value={text}
      placeholder={entry.fallback === undefined ? undefined : String(entry.fallback)}
      onChange={(event) => type(event.target.value)}
      onFocus={onFocus}
      onBlur={() => {
        onLeave(!valid)
        onEnd()
      }}
    />
  )
}

export function SwitchEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const on = (entry.value ?? entry.fallback) === true
  return (
    <div className="fd-rule">
      <YesNo
        label={label}
        on={on}
        onPick={(next) => {
          onValue(next === entry.fallback ? undefined : next)
          onEnd()
        }}
      />
    </div>
  )
}

interface Choice {
  readonly value: string
  readonly label: string
}

export function SelectEditor({
  entry,
  label,
  onValue,
  onEnd,
  choices,
  empty,
}: EditorProps & { readonly choices: readonly Choice[]; readonly empty?: string }) {
  const value = typeof (entry.value ?? entry.fallback) === 'string' ? String(entry.value ?? entry.fallback) : ''
  const known = choices.some((choice) => choice.value === value)
  return (
    <select
      className="fl-input small"
      aria-label={label}
      value={value}
      onChange={(event) => {
        onValue(event.target.value === '' || event.target.value === entry.fallback ? undefined : event.target.value)
        onEnd()
      }}
    >
      {(empty !== undefined || value === '') && <option value="">{empty ?? ''}</option>}
      {!known && value !== '' && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

export function ChoiceEditor(props: EditorProps) {
  const text = useLabel()
  const choices = (props.entry.option?.choices ?? []).map((choice) => ({
    value: choice.value,
    label: text(choice.label, choice.value),
  }))
  return <SelectEditor {...props} choices={choices} />
}

export function StringsEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const say = useWords()
  const lines = Array.isArray(entry.value) ? (entry.value as readonly Json[]).map(String) : []
  const { text, onText, onFocus, onLeave } = useDraftText(lines.join('\n'))
  const type = (next: string) => {
    onText(next)
    const values = [
      ...new Set(
        next
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    ]
    onValue(values.length > 0 ? values : undefined)
  }
  return (
    <textarea
      className="fl-input small"
      rows={3}
      aria-label={label}
      placeholder={say('one_per_line')}
      value={text}
      onChange={(event) => type(event.target.value)}
      onFocus={onFocus}
      onBlur={() => {
        onLeave(false)
        onEnd()
      }}
    />
  )
}

export function JsonEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const say = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const { text, onText, onFocus, onLeave } = useDraftText(
    entry.value === undefined ? '' : JSON.stringify(entry.value, null, 2),
  )
  const type = (next: string) => {
    onText(next)
    const read = readJson(next)
    setFault(read.fault)
    if (read.fault === null) onValue(read.value)
  }
  return (
    <div>
      <textarea
        className="fl-input small fl-mono"
        rows={4}
        spellCheck={false}
        aria-label={label}
        aria-invalid={fault ? true : undefined}
        value={text}
        onChange={(event) => type(event.target.value)}
        onFocus={onFocus}
        onBlur={() => {
          onLeave(fault !== null)
          onEnd()
        }}
      />
      {fault && <ProblemText>{say('json_broken', { reason: fault })}</ProblemText>}
    </div>
  )
}

export function readJson(text: string): { readonly fault: string | null; readonly value?: Json } {
  if (text.trim() === '') return { fault: null }
  try {
    return { fault: null, value: JSON.parse(text) as Json }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}
