/** How large a picture says it is, from its header alone: asked before anything decodes it. Pure. */

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** null: not the header of a PNG, JPEG, GIF or WebP. */
export function pictureSize(bytes: Buffer): PictureSize | null {
  const start = bytes.toString('latin1', 0, 16)
  const read = start.startsWith('\x89PNG\r\n\x1a\n')
    ? pngSize
    : start.startsWith('\xff\xd8')
      ? jpegSize
      : /^GIF8[79]a/.test(start)
        ? gifSize
        : start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP'
          ? webpSize
          : null
  const size = read?.(bytes) ?? null
  return size && size.width > 0 && size.height > 0 ? size : null
}

function pngSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function gifSize(bytes: Buffer): PictureSize | null {
  return bytes.length < 10 ? null : { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

/** The first of its segments that starts a frame says it; segments before it are stepped over. */
function jpegSize(bytes: Buffer): PictureSize | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const mark = bytes[at + 1] ?? 0
    if (mark === 0xff) {
      at += 1
      continue
    }
    const isFrame = mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || mark === 0xda) return null
    at += 2 + length
  }
  return null
}

function webpSize(bytes: Buffer): PictureSize | null {
  if (bytes.length < 30) return null
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  if (kind !== 'VP8L') return null
  const packed = bytes.readUInt32LE(21)
  return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
}
