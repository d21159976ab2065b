/** Files on their way into a field: each is sent at once, takes its place in the value when it has arrived, or says why not. */
import { useEffect, useRef, useState } from 'react'
import { issueText } from '#base/issue-texts.ts'
import type { Json } from '#base/json.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { InputProps, UploadedFile } from '../field-faces.ts'
import { numberOption, textsOption } from '../values/answer.ts'
import { checkFiles, type FileLimits, filesOf } from '../values/file-list.ts'

export interface OnTheWay {
  readonly key: number
  readonly name: string
  /** Sent already, between 0 and 1. */
  readonly share: number
  /** null: it is still sent. */
  readonly problem: string | null
}

export interface Uploads {
  readonly onTheWay: readonly OnTheWay[]
  take(files: readonly File[]): void
  remove(id: string): void
  /** Ends an upload, or puts away what it said. */
  cancel(key: number): void
}

type UploadProps = InputProps & { readonly limits: FileLimits }

export function useUploads(props: UploadProps): Uploads {
  const [onTheWay, setOnTheWay] = useState<readonly OnTheWay[]>([])
  const value = useRef(props.value)
  const running = useRef(new Map<number, AbortController>())
  const serial = useRef(0)
  useEffect(() => {
    value.current = props.value
  }, [props.value])
  const { field, limits, locale, upload, onChange, onText } = props
  const most = mostFiles(field, limits)
  const give = (files: readonly UploadedFile[]) => {
    value.current = files.length === 0 ? null : (files.map((file) => ({ ...file })) as unknown as Json)
    onChange(value.current)
  }
  const tell = () => onText?.('', running.current.size > 0 ? [{ pointer: '', code: 'still-uploading' }] : [])
  const change = (key: number, part: Partial<OnTheWay>) =>
    setOnTheWay((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const forget = (key: number) => setOnTheWay((all) => all.filter((one) => one.key !== key))

  async function send(file: File): Promise<void> {
    if (!upload) return
    serial.current += 1
    const key = serial.current
    const ending = new AbortController()
    running.current.set(key, ending)
    setOnTheWay((all) => [...all, { key, name: file.name, share: 0, problem: null }])
    tell()
    const answer = await upload(file, { signal: ending.signal, onProgress: (share) => change(key, { share }) }).catch(
      (error: unknown) => {
        if (!ending.signal.aborted) throw error
        return null
      },
    )
    running.current.delete(key)
    if (answer === null) forget(key)
    else if (!answer.ok) change(key, { problem: answer.problem })
    else arrive(key, answer.value)
    tell()
  }

  function arrive(key: number, file: UploadedFile): void {
    const wrong = checkFiles([{ ...file }], field, limits)[0]
    if (wrong) change(key, { problem: issueText(wrong, locale) })
    else {
      forget(key)
      give(most === 1 ? [file] : [...filesOf(value.current), file])
    }
  }

  return {
    onTheWay,
    take(files) {
      const room = Math.max(0, most === 1 ? 1 : most - filesOf(value.current).length - running.current.size)
      for (const file of files.slice(0, room)) void send(file)
      const left = files.slice(room)
      const problem = issueText({ pointer: '', code: 'too-many-files', params: { max: most } }, locale)
      setOnTheWay((all) => [
        ...all,
        ...left.map(({ name }) => {
          serial.current += 1
          return { key: serial.current, name, share: 0, problem }
        }),
      ])
    },
    remove: (id) => give(filesOf(value.current).filter((file) => file.id !== id)),
    cancel(key) {
      running.current.get(key)?.abort()
      forget(key)
    },
  }
}

export function mostFiles(field: FieldDefinition, limits: FileLimits): number {
  return numberOption(field.max_files, limits.maxFiles)
}

/** For the dialog of the browser; the server decides. */
export function acceptedTypes(field: FieldDefinition, limits: FileLimits): string {
  const accepted = Array.isArray(field.accept) ? textsOption(field.accept) : limits.accept
  return accepted.includes('*/*') ? '' : accepted.join(',')
}
