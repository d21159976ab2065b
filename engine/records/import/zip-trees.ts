/** What a workbook makes its reader hold at once: every part but the sheets becomes a tree, and a tree is far larger than its text. Pure. */
import { inflateRawSync } from 'node:zlib'
import { Refusal } from '#base/problems.ts'
import type { ZipEntry } from './zip-limits.ts'

/** Tags and attributes of all trees together: a million texts that cells point at. */
const mostMarks = 4_000_000
/** Smaller parts hold too few to count. */
const countedBytes = 64 * 1024
/** Read row by row, as long as nothing else points at it. */
const sheet = /^xl\/worksheets\/[^/]+\.xml$/
const deflated = 8
const [open, equals] = [0x3c, 0x3d]

/** Refusals: `record-invalid`. */
export function requireModestTrees(bytes: Uint8Array, entries: readonly ZipEntry[]): void {
  let marks = 0
  for (const entry of entries) {
    if (entry.name.endsWith('.rels')) requirePlainRelations(Buffer.from(contentOf(bytes, entry)).toString('utf8'))
    if (sheet.test(entry.name) || entry.unpacked < countedBytes) continue
    for (const byte of contentOf(bytes, entry)) if (byte === open || byte === equals) marks += 1
    if (marks > mostMarks) throw refused('archive-too-large')
  }
}

const ofSheet = /<[^<>]*\bType\s*=\s*["'][^"'<>]*\/worksheet["'][^<>]*>/g

/** Nothing but sheets is read from where the sheets are. A relation that says its type twice is no honest one. */
function requirePlainRelations(text: string): void {
  const others = text.replace(ofSheet, (relation) => (relation.split('Type').length === 2 ? '' : relation))
  if (text.includes('&#') || others.includes('worksheets')) throw refused('not-a-workbook')
}

function contentOf(bytes: Uint8Array, { at, method, packed, unpacked }: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (at + 30 > bytes.byteLength) throw refused('not-a-workbook')
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const content = bytes.subarray(start, start + packed)
  if (method !== deflated) return content
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, unpacked) })
  } catch {
    throw refused('not-a-workbook') // Whatever is wrong inside is the file's fault.
  }
}

function refused(code: string): Refusal {
  return new Refusal('record-invalid', { issues: [{ pointer: '', code }] })
}
