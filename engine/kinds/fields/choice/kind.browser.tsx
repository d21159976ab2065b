/** One of several options in the browser: a native select, or a search where there are many. */

import type { FieldFaces, InputProps } from '../../field-faces.ts'
import { Combobox } from '../../inputs/combobox.browser.tsx'
import { controlProps } from '../../inputs/control-props.ts'
import { findOptions } from '../../inputs/find-options.ts'
import { OptionMark } from '../../inputs/option-mark.browser.tsx'
import { word } from '../../inputs/words.ts'
import { labelOfValue, optionLabel, optionsOf } from '../../values/option-list.ts'

const mostInSelect = 12

export const faces: FieldFaces = {
  Input: (props) =>
    optionsOf(props.field).length > mostInSelect ? <ManyOptions {...props} /> : <FewOptions {...props} />,
  Display: ({ value, field, locale }) =>
    typeof value === 'string' ? <OptionMark value={value} field={field} locale={locale} /> : null,
}

function FewOptions(props: InputProps) {
  const { field, value, locale, required, readOnly, onChange, onBlur, dense } = props
  const offered = optionsOf(field).filter((option) => option.archived !== true || option.value === value)
  const known = value === null || offered.some((option) => option.value === value)
  return (
    <select
      {...controlProps(props)}
      className={`fl-input fl-select${dense ? ' dense' : ''}`}
      value={typeof value === 'string' ? value : ''}
      disabled={readOnly}
      required={required}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      onBlur={onBlur}
    >
      <option value="">{required && value === null ? word('choose', locale) : ''}</option>
      {!known && <option value={String(value)}>{String(value)}</option>}
      {offered.map((option) => (
        <option key={option.value} value={option.value}>
          {optionLabel(option, locale)}
        </option>
      ))}
    </select>
  )
}

function ManyOptions(props: InputProps) {
  const { field, value, locale, label, readOnly, onChange, onBlur, dense } = props
  return (
    <Combobox
      control={controlProps(props)}
      label={label}
      locale={locale}
      readOnly={readOnly}
      dense={dense}
      shown={typeof value === 'string' ? labelOfValue(value, field, locale) : ''}
      find={(query) => findOptions(field, locale, query)}
      choose={(entry) => onChange(entry.id)}
      clear={() => onChange(null)}
      onBlur={onBlur}
    />
  )
}
