/** A rule: yes, no, or a condition as formula text. Formulas and defaults are texts at once. */
import { useState } from 'react'
import type { Json } from '#base/json.ts'
import { IconButton } from '#ui/parts/button.tsx'
import { useWords } from '../strings/use-words.ts'
import type { EditorProps } from './editor-props.ts'
import { FormulaInput } from './formula-input.tsx'
import { JsonEditor } from './plain-editors.tsx'
import { usePlace } from './use-place.ts'
import { YesNo } from './yes-no.tsx'

export function RuleEditor({ entry, label, onValue, onEnd }: EditorProps) {
  const say = useWords()
  const given = entry.value ?? entry.fallback ?? false
  const [open, setOpen] = useState(false)
  const condition = typeof given !== 'boolean'
  const set = (value: boolean) => onValue(value === entry.fallback ? undefined : value)
  if (condition || open) {
    return (
      <div className="fd-rule">
        <ExpressionText
          entry={entry}
          label={label}
          hint={say('condition_hint')}
          value={condition ? given : undefined}
          onValue={(value) => onValue(value)}
          onEnd={onEnd}
          autoFocus={open && !condition}
        />
        <IconButton
          icon="toggle-left"
          size={14}
          label={say('use_switch', { name: label })}
          onClick={() => {
            setOpen(false)
            set(entry.fallback === true)
          }}
        />
      </div>
    )
  }
  return (
    <div className="fd-rule">
      <YesNo
        label={label}
        on={given}
        onPick={(on) => {
          set(on)
          onEnd()
        }}
      />
      <IconButton
        icon="math-function"
        size={14}
        label={say('use_condition', { name: label })}
        onClick={() => setOpen(true)}
      />
    </div>
  )
}

export function ExpressionEditor(props: EditorProps) {
  const say = useWords()
  const hint =
    props.entry.name === 'default' ? 'default_hint' : props.entry.name === 'filter' ? 'condition_hint' : 'formula_hint'
  return <ExpressionText {...props} value={props.entry.value} hint={say(hint)} />
}

interface ExpressionTextProps extends EditorProps {
  readonly value: Json | undefined
  readonly hint: string
  readonly autoFocus?: boolean
}

/** Where the place is unknown (its field does not build), the expression is shown as it is stored. */
function ExpressionText({ entry, label, hint, value, onValue, onEnd, autoFocus = false }: ExpressionTextProps) {
  const standing = usePlace(entry.node, entry.name)
  if (!standing) return <JsonEditor entry={entry} label={label} onValue={onValue} onEnd={onEnd} />
  return (
    <FormulaInput
      label={label}
      hint={hint}
      value={value}
      {...standing}
      onValue={onValue}
      onEnd={onEnd}
      autoFocus={autoFocus}
    />
  )
}
