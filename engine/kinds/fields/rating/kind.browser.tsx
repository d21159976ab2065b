/** Stars in the browser: a group of radio buttons, moved by arrow keys. */
import { Icon } from '#ui/parts/icon.tsx'
import type { FieldFaces } from '../../field-faces.ts'
import { groupProps, leaves } from '../../inputs/control-props.ts'
import { word } from '../../inputs/words.ts'
import { numberOption } from '../../values/answer.ts'

export const faces: FieldFaces = {
  Input(props) {
    const { id, field, value, label, locale, readOnly, onChange, onBlur } = props
    const max = numberOption(field.max, 5)
    const given = typeof value === 'number' ? value : 0
    return (
      <div
        {...groupProps(props)}
        role="radiogroup"
        className="fl-stars"
        onBlur={(event) => leaves(event) && onBlur?.()}
      >
        {Array.from({ length: max }, (_none, index) => index + 1).map((stars) => (
          <label key={stars} className={stars <= given ? 'on' : ''}>
            <input
              type="radio"
              name={id}
              className="fl-hidden"
              value={stars}
              checked={stars === given}
              disabled={readOnly}
              aria-label={word('stars', locale, { count: stars, max })}
              onChange={() => onChange(stars)}
            />
            <Icon name={stars <= given ? 'star-filled' : 'star'} size={20} />
          </label>
        ))}
        {given > 0 && !readOnly && (
          <button
            type="button"
            className="fl-iconbutton"
            aria-label={`${word('clear', locale)} ${label}`}
            onClick={() => onChange(null)}
          >
            <Icon name="x" size={14} />
          </button>
        )}
      </div>
    )
  },
  Display({ field, value, locale }) {
    if (typeof value !== 'number') return null
    const max = numberOption(field.max, 5)
    return (
      <span className="fl-stars" role="img" aria-label={word('stars', locale, { count: value, max })}>
        {Array.from({ length: max }, (_none, index) => index + 1).map((stars) => (
          <Icon key={stars} name={stars <= value ? 'star-filled' : 'star'} size={14} />
        ))}
      </span>
    )
  },
}
