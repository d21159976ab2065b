/** An input of typed text: formatted when left, plain when entered, parsed by its kind at each key. */
import {
  type ChangeEvent,
  type HTMLInputTypeAttribute,
  type InputHTMLAttributes,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { Json } from '#base/json.ts'
import type { FieldKind, FormatContext } from '#definitions/field-kind.ts'
import type { InputProps } from '../field-faces.ts'
import { controlProps, formatContext } from './control-props.ts'

export interface TypedLook {
  readonly type?: HTMLInputTypeAttribute
  readonly inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode']
  readonly autoComplete?: string
  /** Right-aligned, figures of one width. */
  readonly number?: true
  /** Several lines. */
  readonly rows?: number
  /** The text to edit, where it is not the formatted one. */
  edit?(value: Json, context: FormatContext): string
}

export interface TypedInputProps extends InputProps {
  readonly kind: FieldKind
  readonly look?: TypedLook
}

export function TypedInput(props: TypedInputProps) {
  const { look = {}, field, readOnly, required, dense } = props
  const typed = useTypedText(props)
  const shared = {
    ...controlProps(props),
    ...typed.handlers,
    value: typed.text,
    readOnly,
    required,
    autoComplete: look.autoComplete ?? 'off',
    className: `fl-input${look.number ? ' fl-number' : ''}${dense ? ' dense' : ''}`,
  }
  if (look.rows !== undefined) return <textarea {...shared} rows={look.rows} />
  return <input {...shared} type={look.type ?? 'text'} inputMode={look.number ? keypad(field.min) : look.inputMode} />
}

/** Some phones have no minus on their figures: they show letters where a value may be below zero. */
function keypad(min: unknown): 'decimal' | 'text' {
  return min !== undefined && Number(min) >= 0 ? 'decimal' : 'text'
}

function useTypedText(props: TypedInputProps) {
  const { kind, field, value, look } = props
  const context = formatContext(props)
  const [typed, setTyped] = useState<string | null>(null)
  const [focused, setFocused] = useState(false)
  const sent = useRef(value)
  useEffect(() => {
    if (JSON.stringify(sent.current) !== JSON.stringify(value)) setTyped(null)
    sent.current = value
  }, [value])
  const plain = focused && look?.edit ? look.edit(value, context) : kind.format(value, field, context)

  function change(event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void {
    const text = event.target.value
    const parsed = kind.parseText(text, field, context)
    setTyped(text)
    props.onText?.(text, parsed.ok ? [] : parsed.problem)
    if (!parsed.ok) return
    sent.current = parsed.value
    props.onChange(parsed.value)
  }
  function leave(): void {
    setFocused(false)
    if (typed !== null && kind.parseText(typed, field, context).ok) setTyped(null)
    props.onBlur?.()
  }
  return { text: typed ?? plain, handlers: { onChange: change, onFocus: () => setFocused(true), onBlur: leave } }
}
