/** Several options in the browser: chips with a check box each. */

import type { FieldFaces } from '../../field-faces.ts'
import { groupProps, leaves } from '../../inputs/control-props.ts'
import { OptionMark } from '../../inputs/option-mark.browser.tsx'
import { optionLabel, optionsOf } from '../../values/option-list.ts'
import { textsOf } from '../../values/text-list.ts'

export const faces: FieldFaces = {
  Input(props) {
    const { field, value, locale, readOnly, onChange, onBlur } = props
    const chosen = textsOf(value)
    const order = optionsOf(field).filter((option) => option.archived !== true || chosen.includes(option.value))
    function toggle(option: string, on: boolean): void {
      const next = order.map((each) => each.value).filter((each) => (each === option ? on : chosen.includes(each)))
      onChange(next.length === 0 ? null : next)
    }
    return (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is announced as a question of its own; this one has its label
      <div {...groupProps(props)} role="group" className="fl-checks" onBlur={(event) => leaves(event) && onBlur?.()}>
        {order.map((option) => (
          <label key={option.value} className="fl-check-chip">
            <input
              type="checkbox"
              className="fl-check"
              checked={chosen.includes(option.value)}
              disabled={readOnly}
              onChange={(event) => toggle(option.value, event.target.checked)}
            />
            {optionLabel(option, locale)}
          </label>
        ))}
      </div>
    )
  },
  Display: ({ value, field, locale, dense }) => {
    const chosen = textsOf(value)
    if (chosen.length === 0) return null
    return (
      <span className={dense ? 'fl-cut fl-marks' : 'fl-marks wrap'}>
        {chosen.map((each) => (
          <OptionMark key={each} value={each} field={field} locale={locale} />
        ))}
      </span>
    )
  },
}
