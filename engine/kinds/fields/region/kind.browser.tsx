/** A region in the browser: four texts from the widest to the narrowest; each waits for the one before. */
import { isObject, type Json } from '#base/json.ts'
import type { FieldFaces, InputProps } from '../../field-faces.ts'
import { groupProps, leaves } from '../../inputs/control-props.ts'
import { TextDisplay } from '../../inputs/display.browser.tsx'
import { word } from '../../inputs/words.ts'
import { region, regionParts } from './kind.ts'

export const faces: FieldFaces = {
  Input: RegionInput,
  Display: (props) => <TextDisplay {...props} kind={region} />,
}

function RegionInput(props: InputProps) {
  const { id, field, value, label, locale, readOnly, autoFocus, onChange, onText, onBlur } = props
  const texts: Readonly<Record<string, Json>> = isObject(value) ? value : {}
  function change(part: string, text: string): void {
    const next = { ...texts, [part]: text }
    const parsed = region.parse(next, field)
    onText?.(text, parsed.ok ? [] : parsed.problem)
    if (parsed.ok) onChange(parsed.value === null ? null : withText(parsed.value, part, text))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is announced as a question of its own; this one has its label
    <div {...groupProps(props)} role="group" className="fl-region" onBlur={(event) => leaves(event) && onBlur?.()}>
      {regionParts.map((part, index) => (
        <input
          key={part}
          id={index === 0 ? `${id}-${part}` : undefined}
          type="text"
          className="fl-input"
          aria-label={`${label}: ${word(part, locale)}`}
          placeholder={word(part, locale)}
          value={typeof texts[part] === 'string' ? texts[part] : ''}
          readOnly={readOnly}
          // biome-ignore lint/a11y/noAutofocus: the reader opened this cell to type into it
          autoFocus={autoFocus && index === 0}
          disabled={part !== 'country' && texts.country === undefined}
          onChange={(event) => change(part, event.target.value)}
        />
      ))}
    </div>
  )
}

/** Keeps a space at the end while it is being typed; the server trims it. */
function withText(value: Json, part: string, text: string): Json {
  return isObject(value) && text.trim() !== '' ? { ...value, [part]: text } : value
}
