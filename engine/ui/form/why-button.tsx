/** Why is this locked? The formula, the right or the rule, in words. */
import { useEffect, useRef, useState } from 'react'
import type { Json } from '#base/json.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import { printText } from '#expressions/text.ts'
import { Icon } from '../parts/icon.tsx'
import { Popover } from '../parts/popover.tsx'
import { type Translate, useText } from '../strings/use-text.ts'
import { useFormRuntime } from './form-context.tsx'
import type { FormStore } from './form-store.ts'

const hoverMs = 300

export interface WhyButtonProps {
  readonly cellKey: string
  readonly program: FieldProgram
  readonly label: string
}

export function WhyButton({ cellKey, program, label }: WhyButtonProps) {
  const t = useText()
  const { store } = useFormRuntime()
  const [open, setOpen] = useState(false)
  const pinned = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const show = (afterMs: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen(true), afterMs)
  }
  const hide = () => {
    clearTimeout(timer.current)
    if (!pinned.current) setOpen(false)
  }
  const toggle = (on: boolean) => {
    clearTimeout(timer.current)
    pinned.current = on
    setOpen(on)
  }
  const button = useRef<HTMLButtonElement>(null)
  const computed = program.field.computed !== null
  return (
    <>
      <button
        ref={button}
        type="button"
        className="fl-why"
        aria-label={t(computed ? 'why_computed' : 'why_locked', { label })}
        aria-expanded={open}
        onClick={() => toggle(!pinned.current)}
        onMouseEnter={() => show(hoverMs)}
        onMouseLeave={hide}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && show(0)}
        onBlur={() => toggle(false)}
      >
        <Icon name={computed ? 'math-function' : 'lock'} size={12} />
      </button>
      {open && (
        <Popover anchor={button} label={label} padded onClose={() => toggle(false)}>
          <p className="fl-whytext">{reasonOf(store, { key: cellKey, program }, t)}</p>
        </Popover>
      )}
    </>
  )
}

function reasonOf(store: FormStore, { key, program }: { key: string; program: FieldProgram }, t: Translate): string {
  const { definition, computed, kind } = program.field
  if (computed === 'rollup') return t('why_rollup', { form: String(definition.rollup?.form ?? '') })
  if (definition.formula !== undefined) return t('why_formula', { formula: print(definition.formula) })
  if (kind.generated) return t('why_generated')
  if (store.options.frozen) return t('why_frozen')
  if (!store.isWritable(key)) return t('why_right')
  if (typeof definition.readonly === 'object') return t('why_rule', { rule: print(definition.readonly) })
  return t('why_readonly')
}

/** A rule that has no text form is shown as it is stored. */
function print(source: Json): string {
  try {
    return printText(source)
  } catch {
    return JSON.stringify(source)
  }
}
