/** The bytes of an uploaded file as CSV text; what they are is decided by what they hold, never by a name. */
import { type Issue, Refusal } from '#base/problems.ts'
import { workbookText } from './workbook.ts'

/** An Excel workbook, or text in UTF-8, UTF-16 with its mark, or GB 18030 (and GBK, which it contains). */
export async function fileText(bytes: Uint8Array): Promise<string> {
  if (begins(bytes, [0x50, 0x4b, 0x03, 0x04])) return workbookText(bytes)
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw refused('not-a-workbook')
  if (begins(bytes, [0xff, 0xfe])) return decoded(bytes, 'utf-16le') ?? notText()
  if (begins(bytes, [0xfe, 0xff])) return decoded(bytes, 'utf-16be') ?? notText()
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030') ?? notText()
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte)
}

/** null: the bytes are not in this encoding. */
function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function notText(): never {
  throw refused('not-a-text-file')
}

function refused(code: string): Refusal {
  const issue: Issue = { pointer: '', code }
  return new Refusal('record-invalid', { issues: [issue] })
}
