/** Files of a field: the list on the wire, which types it takes, and how it reads. */
import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldDefinition } from '#definitions/definition.ts'
import type { KindOption, Parsed } from '#definitions/field-kind.ts'
import { accept, both, isEmpty, issue, numberOption, refuse, textsOption } from './answer.ts'
import { isRecordId } from './record-link.ts'

export interface FileValue {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Media type, `application/pdf`. */
  readonly type: string
}

const mediaType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/
const badName = /[\p{Cc}\p{Cs}/\\]/u

/** A list of `{id, name, size, type}`; an empty list is empty. */
export function parseFiles(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (!Array.isArray(input)) return refuse('wrong-type', { expected: 'list' })
  const files = input.map(readFile)
  const broken = files.indexOf(null)
  if (broken >= 0) return refuse('not-a-file', undefined, `/${broken}`)
  const seen = new Map(files.flatMap((file) => (file === null ? [] : [[file.id, { ...file }] as const])))
  return accept(seen.size === 0 ? null : [...seen.values()])
}

/** The files of a canonical value. */
export function filesOf(value: Json): readonly FileValue[] {
  return Array.isArray(value) ? value.flatMap((entry: Json) => readFile(entry) ?? []) : []
}

/** The number and types that the field takes. */
export function checkFiles(value: Json, field: FieldDefinition, defaults: FileLimits): readonly Issue[] {
  const files = filesOf(value)
  const max = numberOption(field.max_files, defaults.maxFiles)
  const accepted = Array.isArray(field.accept) ? textsOption(field.accept) : defaults.accept
  const issues = files.flatMap((file, index) =>
    isAccepted(file.type, accepted)
      ? []
      : [issue('file-type', { type: file.type, accept: accepted.join(', ') }, `/${index}`)],
  )
  return files.length > max ? [issue('too-many-files', { max }), ...issues] : issues
}

export interface FileLimits {
  readonly maxFiles: number
  readonly accept: readonly string[]
}

export function fileOptions(defaults: FileLimits, types: string): readonly KindOption[] {
  return [
    {
      name: 'max_files',
      label: both('Most files', '最多文件数'),
      editor: 'number',
      schema: { type: 'integer', minimum: 1, maximum: 100 },
      default: defaults.maxFiles,
    },
    {
      name: 'accept',
      label: both('File types', '文件类型'),
      editor: 'strings',
      default: [...defaults.accept],
      schema: {
        type: 'array',
        minItems: 1,
        maxItems: 50,
        uniqueItems: true,
        items: { type: 'string', pattern: types },
      },
    },
  ]
}

/** `1.4 MB` */
export function formatBytes(size: number, locale: string): string {
  const units = ['B', 'KB', 'MB', 'GB'] as const
  const step = size < 1000 ? 0 : size < 1e6 ? 1 : size < 1e9 ? 2 : 3
  const shown = new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(size / 1000 ** step)
  return `${shown} ${units[step]}`
}

function isAccepted(type: string, accepted: readonly string[]): boolean {
  return accepted.some(
    (entry) => entry === '*/*' || entry === type || (entry.endsWith('/*') && type.startsWith(entry.slice(0, -1))),
  )
}

function readFile(entry: unknown): FileValue | null {
  if (!isObject(entry)) return null
  const { id, name, size, type } = entry
  if (typeof id !== 'string' || !isRecordId(id)) return null
  if (typeof name !== 'string' || typeof size !== 'number' || typeof type !== 'string') return null
  const plainName = name.normalize('NFC').trim()
  if (plainName === '' || plainName.length > 255 || badName.test(plainName)) return null
  if (!Number.isSafeInteger(size) || size < 0 || !mediaType.test(type)) return null
  return { id, name: plainName, size, type }
}
