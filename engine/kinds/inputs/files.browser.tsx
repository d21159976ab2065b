/** Files of a field as they are read: a link that saves each, a small picture where it is one. */
import { Icon } from '#ui/parts/icon.tsx'
import type { DisplayProps } from '../field-faces.ts'
import { type FileValue, filesOf, formatBytes } from '../values/file-list.ts'
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
          <FileLine file={file} locale={locale} />
        </li>
      ))}
    </ul>
  )
}

/** Picture or clip, name as a link, size. */
export function FileLine({ file, locale }: { readonly file: FileValue; readonly locale: string }) {
  const address = `/api/files/${file.id}`
  return (
    <span className="fl-file">
      {isPicture(file) ? (
        <a href={`${address}?inline=1`} target="_blank" rel="noreferrer">
          <img
            className="fl-file-picture"
            src={`${address}?inline=1`}
            alt={word('openFile', locale, { name: file.name })}
            loading="lazy"
          />
        </a>
      ) : (
        <Icon name="paperclip" size={14} />
      )}
      <a className="fl-cut" href={address} download={file.name} title={file.name}>
        {file.name}
      </a>
      <span className="fl-ink-3 fl-file-size">{formatBytes(file.size, locale)}</span>
    </span>
  )
}

/** Those that the server shows in a page. */
function isPicture({ type }: FileValue): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(type)
}
