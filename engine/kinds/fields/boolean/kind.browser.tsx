/** Yes or no in the browser: a check box; a check, or in a record the word. */
import { Icon } from '#ui/parts/icon.tsx'
import type { FieldFaces } from '../../field-faces.ts'
import { controlProps, formatContext } from '../../inputs/control-props.ts'
import { boolean } from './kind.ts'

export const faces: FieldFaces = {
  Input(props) {
    const { value, readOnly, onChange, onBlur } = props
    return (
      <span className="fl-check-line">
        <input
          {...controlProps(props)}
          type="checkbox"
          className="fl-check"
          checked={value === true}
          disabled={readOnly}
          onChange={(event) => onChange(event.target.checked)}
          onBlur={onBlur}
        />
      </span>
    )
  },
  Display(props) {
    const text = boolean.format(props.value, props.field, formatContext(props))
    if (!props.dense) return <span className="fl-text">{text}</span>
    if (props.value !== true) return <span className="fl-hidden">{text}</span>
    return (
      <span>
        <Icon name="check" />
        <span className="fl-hidden">{text}</span>
      </span>
    )
  },
}
