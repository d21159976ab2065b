/** What every single control takes from its field: id, description, state, focus. */
import type { FormatContext } from '#definitions/field-kind.ts'
import type { DisplayProps, InputProps } from '../field-faces.ts'

export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: true | undefined
  readonly 'aria-required'?: true | undefined
  readonly autoFocus?: boolean | undefined
}

export function controlProps(props: InputProps): ControlProps {
  return {
    id: props.id,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid ? true : undefined,
    'aria-required': props.required ? true : undefined,
    autoFocus: props.autoFocus,
  }
}

/** For a group of controls: named by itself, since no label element reaches it. */
export function groupProps(props: InputProps) {
  return {
    id: props.id,
    tabIndex: -1,
    'aria-label': props.label,
    'aria-describedby': props.describedBy,
    'aria-invalid': props.invalid ? (true as const) : undefined,
  }
}

export function formatContext({ locale, zone, currency }: DisplayProps): FormatContext {
  return currency === undefined ? { locale, zone } : { locale, zone, currency }
}

/** True when the focus left the group for good, so that leaving it counts as leaving the field. */
export function leaves(event: {
  readonly currentTarget: Element
  readonly relatedTarget: EventTarget | null
}): boolean {
  return !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))
}
