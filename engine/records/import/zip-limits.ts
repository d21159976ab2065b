/** Whether a ZIP file is modest enough to be unpacked: read from its directory, before a byte of it is inflated. Pure. */
import { type Issue, Refusal } from '#base/problems.ts'

export interface ZipLimits {
  readonly entries: number
  /** Of all entries, unpacked. */
  readonly bytes: number
  /** Unpacked to packed, for entries above a mebibyte. */
  readonly ratio: number
}

/** One file inside, as the directory tells it. */
export interface ZipEntry {
  readonly name: string
  /** Where its own head stands. */
  readonly at: number
  readonly method: number
  readonly packed: number
  readonly unpacked: number
}

export const workbookLimits: ZipLimits = { entries: 1_000, bytes: 200 * 1024 * 1024, ratio: 250 }

const endMark = 0x06054b50
const entryMark = 0x02014b50
const endLength = 22
const entryLength = 46
const longestComment = 65_535
/** Sizes that stand elsewhere, in a file larger than any that is read here. */
const elsewhere = 0xffffffff
const mebibyte = 1024 * 1024

/** What is promised here is held by the reader: it stops at the declared size. Refusals: `record-invalid`. */
export function requireModestZip(bytes: Uint8Array, limits: ZipLimits): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.entries) throw refused('archive-too-large')
  const entries: ZipEntry[] = []
  let total = 0
  let at = view.getUint32(end + 16, true)
  for (let index = 0; index < count; index += 1) {
    if (at + entryLength > view.byteLength || view.getUint32(at, true) !== entryMark) throw refused('not-a-workbook')
    const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    total += unpacked
    if (!isHonest(packed, unpacked) || total > limits.bytes) throw refused('archive-too-large')
    if (unpacked > mebibyte && unpacked > packed * limits.ratio) throw refused('archive-too-large')
    entries.push(entryOf(view, at))
    at += entryLength + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function entryOf(view: DataView, at: number): ZipEntry {
  const length = Math.min(view.getUint16(at + 28, true), view.byteLength - at - entryLength)
  const name = Buffer.from(view.buffer, view.byteOffset + at + entryLength, length).toString('utf8')
  const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
  return { name, at: view.getUint32(at + 42, true), method: view.getUint16(at + 10, true), packed, unpacked }
}

/** An entry that holds something says how much; empty ones take two bytes when deflated. */
function isHonest(packed: number, unpacked: number): boolean {
  return packed !== elsewhere && unpacked !== elsewhere && (unpacked > 0 || packed <= 2)
}

/** The last directory in the file, as the reader looks for it. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - longestComment); at -= 1)
    if (view.getUint32(at, true) === endMark) return at
  throw refused('not-a-workbook')
}

function refused(code: string): Refusal {
  const issue: Issue = { pointer: '', code }
  return new Refusal('record-invalid', { issues: [issue] })
}
