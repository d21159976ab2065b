/** The Input face of a kind; in a grid a plain line of text that the kind parses, as in a spreadsheet. */
import type { ReadonlySignal } from '@preact/signals-core'
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FormatContext } from '#definitions/field-kind.ts'
import type { FieldModel } from '#definitions/model.ts'
import { useWorkspace } from '../client/workspace.tsx'
import type { ControlIds } from '../parts/labelled.tsx'
import { useFocus } from '../parts/use-focus.ts'
import { useSignal } from '../parts/use-signal.ts'
import { useUpload } from './use-upload.ts'

export interface KindInputProps {
  readonly field: FieldModel
  readonly label: string
  readonly ids?: ControlIds | undefined
  readonly value: Json
  readonly context: FormatContext
  readonly compact: boolean
  readonly initial?: string | undefined
  readonly autoFocus: boolean
  readonly problems: ReadonlySignal<readonly Issue[]>
  readonly onValue: (value: Json) => void
  readonly onProblems: (issues: readonly Issue[], typed: string) => void
  readonly onBlur?: () => void
  readonly onKeyDown?: (event: KeyboardEvent) => void
}

/** Kinds whose input is more than a line of text, in a grid too. */
const rich: ReadonlySet<string> = new Set([
  'choice',
  'boolean',
  'multi_choice',
  'tags',
  'attachment',
  'image',
  'signature',
  'rating',
  'color',
  'region',
  'rich_text',
])

export function KindInput(props: KindInputProps) {
  const { faces } = useWorkspace()
  const Face = faces.get(props.field.kind.name)?.Input
  if (!Face || (props.compact && !rich.has(props.field.kind.name))) return <TextInput {...props} />
  return <FaceInput {...props} Face={Face} />
}

type Face = NonNullable<NonNullable<ReturnType<ReturnType<typeof useWorkspace>['faces']['get']>>['Input']>

function FaceInput({
  Face,
  field,
  label,
  ids,
  value,
  context,
  autoFocus,
  onValue,
  onProblems,
  onBlur,
  onKeyDown,
}: KindInputProps & { readonly Face: Face }) {
  const own = useId()
  const place = useRef<HTMLFieldSetElement>(null)
  const upload = useUpload()
  useFocus(place, autoFocus)
  return (
    <fieldset
      ref={place}
      className="fl-face"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!staysIn(event)) onBlur?.()
      }}
    >
      <Face
        field={field.definition}
        label={label}
        value={value}
        locale={context.locale}
        zone={context.zone}
        {...(context.currency ? { currency: context.currency } : {})}
        id={ids?.id ?? own}
        {...(ids?.['aria-describedby'] ? { describedBy: ids['aria-describedby'] } : {})}
        invalid={ids?.['aria-invalid'] === true}
        required={ids?.['aria-required'] === true}
        autoFocus={autoFocus}
        upload={upload}
        onChange={onValue}
        onText={(text, issues) => onProblems(issues, text)}
      />
    </fieldset>
  )
}

/** The focus goes nowhere else: it moves within the field, or the window lost it to a dialog. */
function staysIn({ currentTarget, relatedTarget }: FocusEvent): boolean {
  const next = relatedTarget ?? document.activeElement
  return next instanceof Node && currentTarget.contains(next)
}

function TextInput({
  field,
  label,
  ids,
  value,
  context,
  initial,
  autoFocus,
  problems,
  onValue,
  onProblems,
  onBlur,
  onKeyDown,
}: KindInputProps) {
  const [typed, setTyped] = useState<string | null>(initial ?? null)
  const wrong = useSignal(problems).length > 0
  const box = useRef<HTMLInputElement>(null)
  const shown = typed ?? plainText(field, value, context)
  useFocus(box, autoFocus && initial === undefined)
  const opened = useRef(false)
  useEffect(() => {
    if (opened.current || initial === undefined) return
    opened.current = true
    box.current?.focus()
    enter(initial)
  })
  function enter(text: string): void {
    setTyped(text)
    const parsed = field.kind.parseText(text, field.definition, context)
    if (parsed.ok) onValue(parsed.value)
    else onProblems(parsed.problem, text)
  }
  return (
    <input
      ref={box}
      className="fl-input"
      {...(ids ?? { 'aria-label': label })}
      aria-invalid={wrong || undefined}
      value={shown}
      inputMode={field.type.is === 'decimal' || field.type.is === 'integer' ? 'decimal' : undefined}
      onChange={(event) => enter(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (!wrong) setTyped(null)
        onBlur?.()
      }}
    />
  )
}

/** The text to edit: as it is read, but without the currency's code. */
export function plainText(field: FieldModel, value: Json, context: FormatContext): string {
  if (value === null) return ''
  const text = field.kind.format(value, field.definition, context)
  return context.currency && text.startsWith(`${context.currency} `) ? text.slice(context.currency.length + 1) : text
}
