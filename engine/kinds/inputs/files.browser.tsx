/** Files of a field: listed, and removed; this version of the page cannot add any, and says so. */
import { Icon } from '#ui/parts/icon.tsx'
import type { DisplayProps, InputProps } from '../field-faces.ts'
import { filesOf, formatBytes } from '../values/file-list.ts'
import { groupProps, leaves } from './control-props.ts'
import { word } from './words.ts'

export function FilesDisplay({ value, locale, dense }: DisplayProps) {
  const files = filesOf(value)
  if (files.length === 0) return null
  const text = files.map((file) => `${file.name} ${formatBytes(file.size, locale)}`)
  if (dense)
    return (
      <span className="fl-cut" title={text.join(', ')}>
        {files.map((file) => file.name).join(', ')}
      </span>
    )
  return (
    <ul className="fl-files">
      {files.map((file) => (
        <li key={file.id}>
          <Icon name="paperclip" size={14} /> {file.name}{' '}
          <span className="fl-ink-3">{formatBytes(file.size, locale)}</span>
        </li>
      ))}
    </ul>
  )
}

export function FilesInput(props: InputProps) {
  const { value, locale, readOnly, onChange, onBlur } = props
  const files = filesOf(value)
  function remove(id: string): void {
    const left = files.filter((file) => file.id !== id).map((file) => ({ ...file }))
    onChange(left.length === 0 ? null : left)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is announced as a question of its own; this one has its label
    <div {...groupProps(props)} role="group" className="fl-files" onBlur={(event) => leaves(event) && onBlur?.()}>
      {files.map((file) => (
        <div key={file.id} className="fl-row">
          <Icon name="paperclip" size={14} /> <span className="fl-cut">{file.name}</span>{' '}
          <span className="fl-ink-3">{formatBytes(file.size, locale)}</span>
          {!readOnly && (
            <button
              type="button"
              className="fl-iconbutton"
              aria-label={word('remove', locale, { name: file.name })}
              onClick={() => remove(file.id)}
            >
              <Icon name="x" size={14} />
            </button>
          )}
        </div>
      ))}
      {!readOnly && <p className="fl-help">{word('noUploads', locale)}</p>}
    </div>
  )
}
