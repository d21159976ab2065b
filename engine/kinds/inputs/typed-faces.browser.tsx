/** The two faces of a kind whose values are typed. */
import type { FieldKind } from '#definitions/field-kind.ts'
import type { DisplayProps, FieldFaces, InputProps } from '../field-faces.ts'
import { NumberDisplay, TextDisplay } from './display.browser.tsx'
import { TypedInput, type TypedLook } from './typed-input.browser.tsx'

/** `typedFaces(email, { type: 'email' })` */
export function typedFaces(kind: FieldKind, look: TypedLook = {}): FieldFaces {
  const Display = look.number ? NumberDisplay : TextDisplay
  return {
    Input: (props: InputProps) => <TypedInput {...props} kind={kind} look={look} />,
    Display: (props: DisplayProps) => <Display {...props} kind={kind} />,
  }
}
