/** What a file is, from its first bytes. The name decides only between kinds that share these; what the sender claims is not asked. */
import { endingOf } from './file-name.ts'

/** As many bytes of the beginning as `mediaTypeOf` looks at. */
export const headBytes = 8192

interface Mark {
  readonly type: string
  /** Bytes as Latin-1 text. */
  readonly bytes: string
  readonly at?: number
}

/** The first that fits counts. */
const marks: readonly Mark[] = [
  { type: 'application/pdf', bytes: '%PDF-' },
  { type: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { type: 'image/gif', bytes: 'GIF87a' },
  { type: 'image/gif', bytes: 'GIF89a' },
  { type: 'image/webp', bytes: 'WEBP', at: 8 },
  { type: 'image/tiff', bytes: 'II*\0' },
  { type: 'image/tiff', bytes: 'MM\0*' },
  { type: 'image/heic', bytes: 'ftypheic', at: 4 },
  { type: 'image/avif', bytes: 'ftypavif', at: 4 },
  { type: 'video/quicktime', bytes: 'ftypqt', at: 4 },
  { type: 'audio/mp4', bytes: 'ftypM4A', at: 4 },
  { type: 'video/mp4', bytes: 'ftyp', at: 4 },
  { type: 'video/webm', bytes: '\x1aE\xdf\xa3' },
  { type: 'audio/wav', bytes: 'WAVE', at: 8 },
  { type: 'audio/mpeg', bytes: 'ID3' },
  { type: 'audio/ogg', bytes: 'OggS' },
  { type: 'application/zip', bytes: 'PK\x03\x04' },
  { type: 'application/zip', bytes: 'PK\x05\x06' },
  { type: 'application/gzip', bytes: '\x1f\x8b' },
  { type: 'application/x-7z-compressed', bytes: '7z\xbc\xaf\x27\x1c' },
  { type: 'application/vnd.rar', bytes: 'Rar!\x1a\x07' },
  { type: 'application/x-cfb', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
]

/** Office documents are archives; which one, the name says. */
const inArchive: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
}
const inOldOffice: Readonly<Record<string, string>> = {
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
}
const inText: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  md: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  svg: 'image/svg+xml',
  xml: 'application/xml',
}

/** Never anything that a browser runs, except as the type that says so. */
export function mediaTypeOf(head: Buffer, name: string): string {
  const ending = endingOf(name)
  const latin = head.toString('latin1')
  const mark = marks.find(({ bytes, at = 0 }) => latin.startsWith(bytes, at))
  if (mark?.type === 'application/zip') return archive(latin, ending)
  if (mark?.type === 'application/x-cfb') return inOldOffice[ending] ?? mark.type
  if (mark) return mark.type
  const text = textOf(head)
  return text === null ? 'application/octet-stream' : textType(text, ending)
}

/** These may be shown in a page of our own origin, in a box without rights; everything else is downloaded. */
export function isShownInline(type: string): boolean {
  return /^(image\/(png|jpeg|gif|webp)|application\/pdf)$/.test(type)
}

/** The parts of an office document are named in its first entries. */
function archive(latin: string, ending: string): string {
  const office = /\[Content_Types\]\.xml|_rels\/|docProps\/|mimetypeapplication\/vnd\.oasis/.test(latin)
  return (office ? inArchive[ending] : undefined) ?? 'application/zip'
}

/** What opens with markup is markup, whatever its name. */
function textType(text: string, ending: string): string {
  const start = text.trimStart().slice(0, 1000).toLowerCase()
  if (start.startsWith('<svg') || (start.startsWith('<?xml') && start.includes('<svg'))) return 'image/svg+xml'
  if (start.startsWith('<?xml') && !start.includes('<html')) return 'application/xml'
  if (start.startsWith('<')) return 'text/html'
  return inText[ending] ?? 'text/plain'
}

/** null: bytes that are no text. */
function textOf(head: Buffer): string | null {
  const wide = wideText(head)
  const text = wide ?? narrowText(head)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what tells bytes from text
  return text === null || /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text
}

function wideText(head: Buffer): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head)
  return null
}

/** The cut at the end may fall within a character. Text in an older encoding counts as text too. */
function narrowText(head: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return gbkText(head)
  }
}

function gbkText(head: Buffer): string | null {
  const text = new TextDecoder('gb18030').decode(head, { stream: true })
  return text.includes('\ufffd') ? null : text
}
