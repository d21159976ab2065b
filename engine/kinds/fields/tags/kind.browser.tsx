/** Tags in the browser: chips and a field that adds one by Enter or comma; Backspace in the empty field removes the last. */
import { type KeyboardEvent, useState } from 'react'
import type { FieldFaces, InputProps } from '../../field-faces.ts'
import { Chips } from '../../inputs/chips.browser.tsx'
import { controlProps, leaves } from '../../inputs/control-props.ts'
import { word } from '../../inputs/words.ts'
import { parseTexts, readTexts, textsOf } from '../../values/text-list.ts'

export const faces: FieldFaces = {
  Input: TagsInput,
  Display: ({ value, locale, dense }) => {
    const chips = textsOf(value).map((text) => ({ key: text, text }))
    return dense ? <span className="fl-cut">{textsOf(value).join(', ')}</span> : <Chips chips={chips} locale={locale} />
  },
}

function TagsInput(props: InputProps) {
  const { value, locale, readOnly, onChange, onText, onBlur } = props
  const [text, setText] = useState('')
  const tags = textsOf(value)
  function add(typed: string): void {
    const parsed = parseTexts([...tags, ...readTexts(typed)])
    onText?.(typed, parsed.ok ? [] : parsed.problem)
    if (!parsed.ok) return
    setText('')
    onChange(parsed.value)
  }
  function remove(tag: string | undefined): void {
    const left = tags.filter((each) => each !== tag)
    onChange(left.length === 0 ? null : left)
  }
  function key(event: KeyboardEvent): void {
    if ((event.key === 'Enter' || event.key === ',') && text.trim() !== '' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      add(text)
    }
    if (event.key === 'Backspace' && text === '') remove(tags.at(-1))
  }
  function leave(): void {
    if (text.trim() !== '') add(text)
    onBlur?.()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing is done here; it only notices that the focus left
    <div className="fl-input fl-chip-input" onBlur={(event) => leaves(event) && leave()}>
      <Chips
        chips={tags.map((tag) => ({ key: tag, text: tag }))}
        locale={locale}
        remove={readOnly ? undefined : remove}
      />
      <input
        {...controlProps(props)}
        type="text"
        value={text}
        readOnly={readOnly}
        autoComplete="off"
        placeholder={tags.length === 0 ? word('addTag', locale) : ''}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={key}
      />
    </div>
  )
}
