/** Files of a field as they are read: a link that saves each, a small picture where it is one. */
import { useState } from 'react'
import { Icon } from '#ui/parts/icon.tsx'
import type { DisplayProps } from '../field-faces.ts'
import { type FileValue, filesOf, formatBytes } from '../values/file-list.ts'
import { word } from './words.ts'

export function FilesDisplay({ value, locale, dense }: DisplayProps) {
  const files = filesOf(value)
  if (files.length === 0) return null
  if (dense) return <DenseFiles files={files} locale={locale} />
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

const mostThumbs = 4

/** In a cell of a list: small pictures beside each other, else names. */
function DenseFiles({ files, locale }: { readonly files: readonly FileValue[]; readonly locale: string }) {
  const text = files.map((file) => `${file.name} ${formatBytes(file.size, locale)}`).join(', ')
  const names = files.map((file) => file.name).join(', ')
  if (!files.every(isPicture))
    return (
      <span className="fl-cut" title={text}>
        {names}
      </span>
    )
  const more = files.length - mostThumbs
  return (
    <span className="fl-thumbs" title={text}>
      {files.slice(0, mostThumbs).map((file) => (
        <Thumbnail key={file.id} file={file} alt={file.name} look="fl-thumb" />
      ))}
      {more > 0 && <span className="fl-ink-3">+{more}</span>}
    </span>
  )
}

/** The small picture that the server makes; where it makes none, a sign of a picture. */
function Thumbnail({ file, alt, look }: { readonly file: FileValue; readonly alt: string; readonly look: string }) {
  const [failed, setFailed] = useState('')
  if (failed === file.id)
    return (
      <span className={`${look} none`} role="img" aria-label={alt}>
        <Icon name="photo" size={14} />
      </span>
    )
  return (
    <img
      className={look}
      src={`/api/files/${file.id}?size=thumb`}
      alt={alt}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(file.id)}
    />
  )
}

/** Picture or clip, name as a link, size. */
export function FileLine({ file, locale }: { readonly file: FileValue; readonly locale: string }) {
  const address = `/api/files/${file.id}`
  return (
    <span className="fl-file">
      {isPicture(file) ? (
        <a href={`${address}?inline=1`} target="_blank" rel="noreferrer">
          <Thumbnail file={file} alt={word('openFile', locale, { name: file.name })} look="fl-file-picture" />
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
