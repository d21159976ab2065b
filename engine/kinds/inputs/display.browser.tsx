/** Displays that many kinds share: formatted text, figures, and what a link is called. */
import type { Json } from '#base/json.ts'
import { isObject } from '#base/json.ts'
import type { FieldKind } from '#definitions/field-kind.ts'
import type { DisplayProps } from '../field-faces.ts'
import { formatContext } from './control-props.ts'

export interface KindDisplayProps extends DisplayProps {
  readonly kind: FieldKind
}

/** Text by the kind's format; in a cell on one line, whole on hover. Empty is nothing. */
export function TextDisplay({ kind, ...props }: KindDisplayProps) {
  const text = kind.format(props.value, props.field, formatContext(props))
  if (text === '') return null
  return (
    <span className={props.dense ? 'fl-cut' : 'fl-text'} title={props.dense ? text : undefined}>
      {text}
    </span>
  )
}

/** A figure: one width, never wrapped, less than zero marked for the style sheet. */
export function NumberDisplay({ kind, ...props }: KindDisplayProps) {
  const text = kind.format(props.value, props.field, formatContext(props))
  if (text === '') return null
  return <span className={`fl-number${text.includes('\u2212') ? ' negative' : ''}`}>{text}</span>
}

/** The title of a linked record; "–" where it may not be seen. */
export function LinkDisplay({ value, display, dense }: DisplayProps) {
  const titles = linkTitles(display ?? null, value)
  if (titles.length === 0) return null
  const text = titles.join(', ')
  return (
    <span className={dense ? 'fl-cut' : 'fl-text'} title={dense ? text : undefined}>
      {text}
    </span>
  )
}

/** What the linked records are called, in order; "–" for one without a title. */
export function linkTitles(display: Json, value: Json): readonly string[] {
  const shown = display ?? value
  if (shown === null || shown === '') return []
  const list: readonly Json[] = Array.isArray(shown) ? shown : [shown as Json]
  return list.map((entry) =>
    isObject(entry) && typeof entry.title === 'string' && entry.title !== '' ? entry.title : '–',
  )
}
