/** Widths, columns, looks, names: what has a control of its own. */

import { ProblemText } from '#ui/parts/labelled.tsx'
import { useLabel } from '#ui/strings/use-text.ts'
import { columnsOf } from '../commands/place.ts'
import { refusals } from '../commands/refusals.ts'
import { useDocument, useEditor } from '../forms/editor-context.tsx'
import { useWholeModel } from '../forms/whole-model.ts'
import { childrenOf, nodeOf, ownerOf } from '../model/document.ts'
import { nameFault } from '../model/names.ts'
import { titleOf } from '../model/titles.ts'
import { useLanguage, useWords } from '../strings/use-words.ts'
import { useDraftText } from './draft-text.tsx'
import type { EditorProps } from './editor-props.ts'
import { SelectEditor } from './plain-editors.tsx'
import { YesNo } from './yes-no.tsx'

interface SegmentsProps {
  readonly label: string
  readonly value: number
  readonly options: readonly { readonly value: number; readonly label: string }[]
  readonly onPick: (value: number) => void
}

function Segments({ label, value, options, onPick }: SegmentsProps) {
  return (
    <fieldset className="fl-segments" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          className={option.value === value ? 'on' : ''}
          onClick={() => onPick(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}

/** Presets in columns of the section: 1/4, 1/2, 3/4, 1/1. */
export function SpanEditor({ entry, label, onEnd }: EditorProps) {
  const editor = useEditor()
  const document = useDocument()
  const columns = columnsOf(document, nodeOf(document, entry.node)?.parent ?? '')
  const value = Math.min(columns, typeof entry.value === 'number' ? entry.value : 1)
  const options = Array.from({ length: columns }, (_, at) => ({ value: at + 1, label: `${at + 1}/${columns}` }))
  return (
    <Segments
      label={label}
      value={value}
      options={options}
      onPick={(span) => {
        editor.run({ do: 'resize', id: entry.node, span })
        onEnd()
      }}
    />
  )
}

export function SectionColumnsEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const value = typeof entry.value === 'number' ? entry.value : 1
  return (
    <Segments
      label={label}
      value={value}
      options={[1, 2, 3, 4, 5, 6].map((count) => ({ value: count, label: String(count) }))}
      onPick={(columns) => {
        onValue(columns)
        onEnd()
      }}
    />
  )
}

/** `as`: an item as a large figure, tabs as steps. */
export function AsEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const look = entry.node === 'layout' ? 'steps' : 'big'
  return (
    <div className="fd-rule">
      <YesNo
        label={label}
        on={entry.value === look}
        onPick={(on) => {
          onValue(on ? look : undefined)
          onEnd()
        }}
      />
    </div>
  )
}

export function WhenHiddenEditor(props: EditorProps) {
  const say = useWords()
  return (
    <SelectEditor
      {...props}
      choices={[
        { value: 'keep', label: say('keep_value') },
        { value: 'clear', label: say('clear_value') },
      ]}
    />
  )
}

export function FormEditorSelect(props: EditorProps) {
  const say = useWords()
  const text = useLabel()
  const model = useWholeModel()
  const choices = [...model.forms.values()]
    .map((form) => ({ value: form.name, label: text(form.definition.label, form.name) }))
    .sort((one, other) => one.label.localeCompare(other.label))
  return <SelectEditor {...props} choices={choices} empty={say('any_form')} />
}

/** A field of this form, or (as `$parent.currency`, `CNY`) what the option takes besides. */
export function FieldSelect({ entry, label, onValue, onEnd }: EditorProps) {
  const say = useWords()
  const language = useLanguage()
  const document = useDocument()
  const siblings = childrenOf(document, nodeOf(document, entry.node)?.parent ?? '').filter(
    (one) => one.id !== entry.node,
  )
  return (
    <>
      <input
        className="fl-input small fl-mono"
        aria-label={label}
        placeholder={say('any_field')}
        list={`${entry.node}-${entry.name}`}
        value={typeof entry.value === 'string' ? entry.value : ''}
        onChange={(event) => onValue(event.target.value || undefined)}
        onBlur={onEnd}
      />
      <datalist id={`${entry.node}-${entry.name}`}>
        {siblings.map((one) => (
          <option key={one.id} value={String(one.props['name'])}>
            {titleOf(document, one.id, language)}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** The key in data: free until the form is published. */
export function NameEditor({ entry, label, onEnd }: EditorProps) {
  const say = useWords()
  const language = useLanguage()
  const editor = useEditor()
  const document = useDocument()
  const { text, onText, onFocus, onLeave } = useDraftText(String(entry.value ?? ''))
  const node = nodeOf(document, entry.node)
  if (!node) return null
  if (ownerOf(document, entry.node))
    return (
      <div className="fd-frozen">
        <code>{String(entry.value)}</code>
        <span className="fl-ink-3 fl-12">{say('name_frozen')}</span>
      </div>
    )
  const fault = text === entry.value ? null : nameFault(document, node, text)
  const type = (next: string) => {
    onText(next)
    if (nameFault(document, node, next) === null) editor.run({ do: 'rename-new-field', id: entry.node, name: next })
  }
  return (
    <div>
      <input
        className="fl-input small fl-mono"
        aria-label={label}
        spellCheck={false}
        aria-invalid={fault ? true : undefined}
        value={text}
        onChange={(event) => type(event.target.value)}
        onFocus={onFocus}
        onBlur={() => {
          onLeave(false)
          onEnd()
        }}
      />
      {fault ? (
        <ProblemText>{refusals[`name-${fault}`][language]}</ProblemText>
      ) : (
        <p className="fl-help">{say('name_new')}</p>
      )}
    </div>
  )
}
