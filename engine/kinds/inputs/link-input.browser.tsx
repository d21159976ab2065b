/** The picker of one linked record: searches the target form, shows titles, keeps the id. */
import { useState } from 'react'
import type { InputProps, PickedRecord } from '../field-faces.ts'
import { Combobox } from './combobox.browser.tsx'
import { controlProps } from './control-props.ts'
import { linkTitles } from './display.browser.tsx'

export interface LinkInputProps extends InputProps {
  /** The form searched. */
  readonly form: string
  /** The id chosen now, without its form. */
  readonly chosen: string | null
}

export function LinkInput({ form, chosen, ...props }: LinkInputProps) {
  const [picked, setPicked] = useState<PickedRecord | null>(null)
  const shown =
    chosen === null ? '' : picked?.id === chosen ? picked.title : (linkTitles(props.display ?? null, null)[0] ?? '–')
  function choose(entry: PickedRecord): void {
    setPicked(entry)
    props.onPick?.(entry)
    props.onChange(entry.id)
  }
  return (
    <Combobox
      control={controlProps(props)}
      label={props.label}
      locale={props.locale}
      shown={shown}
      readOnly={props.readOnly}
      dense={props.dense}
      find={(query) => props.pick?.(form, query) ?? Promise.resolve([])}
      choose={choose}
      clear={props.required && chosen === null ? undefined : () => props.onChange(null)}
      onBlur={props.onBlur}
    />
  )
}
