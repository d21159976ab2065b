/** A record of one of several forms in the browser: the form first, then a search in it. */
import { useState } from 'react'
import type { FieldFaces, InputProps } from '../../field-faces.ts'
import { leaves } from '../../inputs/control-props.ts'
import { LinkDisplay } from '../../inputs/display.browser.tsx'
import { LinkInput } from '../../inputs/link-input.browser.tsx'
import { word } from '../../inputs/words.ts'
import { textsOption } from '../../values/answer.ts'

export const faces: FieldFaces = { Input: AnyLinkInput, Display: LinkDisplay }

function AnyLinkInput(props: InputProps) {
  const { field, value, label, locale, readOnly, formLabels = {}, onChange, onPick, onBlur } = props
  const forms = textsOption(field.to)
  const [valueForm = '', id = null] = typeof value === 'string' ? value.split('/') : []
  const [wanted, setWanted] = useState(forms[0] ?? '')
  const form = valueForm || wanted
  function turn(to: string): void {
    setWanted(to)
    if (value !== null) onChange(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here; it only notices that the focus left
    <div className="fl-any-link" onBlur={(event) => leaves(event) && onBlur?.()}>
      <select
        className="fl-input fl-select"
        aria-label={`${label}: ${word('form', locale)}`}
        value={form}
        disabled={readOnly}
        onChange={(event) => turn(event.target.value)}
      >
        {forms.map((name) => (
          <option key={name} value={name}>
            {formLabels[name] ?? name}
          </option>
        ))}
      </select>
      <LinkInput
        key={form}
        {...withoutBlur(props)}
        form={form}
        chosen={id}
        onChange={(chosen) => onChange(typeof chosen === 'string' ? `${form}/${chosen}` : null)}
        onPick={(record) => onPick?.({ ...record, id: `${form}/${record.id}` })}
      />
    </div>
  )
}

/** Leaving one of the two controls is not leaving the field. */
function withoutBlur({ onBlur: _left, ...props }: InputProps): InputProps {
  return props
}
