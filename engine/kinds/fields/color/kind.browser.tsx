/** A colour in the browser: its code as text, and the platform's own picker. */

import type { FieldFaces } from '../../field-faces.ts'
import { controlProps } from '../../inputs/control-props.ts'
import { TypedInput } from '../../inputs/typed-input.browser.tsx'
import { word } from '../../inputs/words.ts'
import { color } from './kind.ts'

export const faces: FieldFaces = {
  Input(props) {
    const { value, label, locale, readOnly, onChange } = props
    const { 'aria-describedby': describedBy } = controlProps(props)
    return (
      <div className="fl-color">
        <input
          type="color"
          aria-label={`${word('pickColor', locale)}: ${label}`}
          aria-describedby={describedBy}
          value={typeof value === 'string' ? value : '#ffffff'}
          disabled={readOnly}
          onChange={(event) => onChange(event.target.value)}
        />
        <TypedInput {...props} kind={color} />
      </div>
    )
  },
  Display({ value }) {
    if (typeof value !== 'string') return null
    return (
      <span className="fl-color">
        <i className="fl-swatch" style={{ background: value }} aria-hidden="true" />
        {value}
      </span>
    )
  },
}
