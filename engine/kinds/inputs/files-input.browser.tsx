/** The input of files: button, drop and paste; what is on its way with its progress, what failed with its reason. */
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react'
import { Icon } from '#ui/parts/icon.tsx'
import type { InputProps } from '../field-faces.ts'
import { type FileLimits, filesOf } from '../values/file-list.ts'
import { groupProps, leaves } from './control-props.ts'
import { FileLine } from './files.browser.tsx'
import { acceptedTypes, mostFiles, type OnTheWay, useUploads } from './use-uploads.browser.ts'
import { type Word, word } from './words.ts'

export interface FilesInputProps extends InputProps {
  /** Of the kind, where the field says nothing. */
  readonly limits: FileLimits
  readonly add: Word
}

export function FilesInput(props: FilesInputProps) {
  const { value, locale, readOnly, upload, onBlur } = props
  const { onTheWay, take, remove, cancel } = useUploads(props)
  const [over, setOver] = useState(false)
  const files = filesOf(value)
  const open = !readOnly && upload !== undefined
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take([...event.dataTransfer.files])
  }
  const paste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files]
    if (pasted.length > 0) event.preventDefault()
    take(pasted)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is announced as a question of its own; this one has its label
    <div
      {...groupProps(props)}
      role="group"
      className={over ? 'fl-files over' : 'fl-files'}
      onBlur={(event) => leaves(event) && onBlur?.()}
      {...(open
        ? {
            onDragOver: (event: DragEvent) => {
              event.preventDefault()
              setOver(true)
            },
            onDragLeave: (event: DragEvent) => leaves(event) && setOver(false),
            onDrop: drop,
            onPaste: paste,
          }
        : {})}
    >
      {files.map((file) => (
        <div key={file.id} className="fl-row">
          <FileLine file={file} locale={locale} />
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
      {onTheWay.map((one) => (
        <Waiting key={one.key} one={one} locale={locale} onCancel={() => cancel(one.key)} />
      ))}
      {open && <AddButton {...props} held={files.length} onFiles={take} />}
    </div>
  )
}

interface WaitingProps {
  readonly one: OnTheWay
  readonly locale: string
  readonly onCancel: () => void
}

function Waiting({ one, locale, onCancel }: WaitingProps) {
  const { name, share, problem } = one
  return (
    <div className="fl-row">
      <div className="fl-grow">
        <span className="fl-file">
          <Icon name={problem === null ? 'paperclip' : 'alert-triangle'} size={14} />
          <span className="fl-cut" title={name}>
            {name}
          </span>
          {problem === null && (
            <progress
              className="fl-file-progress"
              value={share}
              max={1}
              aria-label={word('uploading', locale, { name })}
            />
          )}
        </span>
        {problem !== null && (
          <p className="fl-file-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
      <button
        type="button"
        className="fl-iconbutton"
        aria-label={problem === null ? word('cancelUpload', locale, { name }) : `${word('dismiss', locale)}: ${name}`}
        onClick={onCancel}
      >
        <Icon name="x" size={14} />
      </button>
    </div>
  )
}

interface AddButtonProps extends FilesInputProps {
  readonly held: number
  readonly onFiles: (files: readonly File[]) => void
}

/** Where one file fits, another takes its place. */
function AddButton({ field, label, limits, locale, add, held, onFiles }: AddButtonProps) {
  const choose = useRef<HTMLInputElement>(null)
  const most = mostFiles(field, limits)
  if (held >= most && most > 1) return null
  const text = word(held > 0 && most === 1 ? 'replaceFile' : add, locale)
  return (
    <div className="fl-row">
      <input
        ref={choose}
        type="file"
        hidden
        aria-label={`${label}: ${text}`}
        multiple={most > 1}
        accept={acceptedTypes(field, limits)}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <button
        type="button"
        className="fl-button small"
        aria-label={`${label}: ${text}`}
        onClick={() => choose.current?.click()}
      >
        <Icon name="upload" size={14} /> {text}
      </button>
      <span className="fl-help fl-cut">{word('dropHere', locale)}</span>
    </div>
  )
}
