/** The size that a picture claims is read from its header, whatever follows. */
import { expect, it } from 'vitest'
import { pictureSize } from './picture-size.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(32)])

it.each([
  ['png', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x02\x58'), { width: 800, height: 600 }],
  ['gif', latin('GIF89a\x20\x03\x58\x02'), { width: 800, height: 600 }],
  ['jpeg', latin('\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x11\x08\x02\x58\x03\x20\x03'), { width: 800, height: 600 }],
  [
    'jpeg with filling',
    latin('\xff\xd8\xff\xff\xfe\0\x03a\xff\xc0\0\x11\x08\x02\x58\x03\x20'),
    { width: 800, height: 600 },
  ],
  ['webp', latin('RIFF\0\0\0\0WEBPVP8 \0\0\0\0abc\x9d\x01\x2a\x20\x03\x58\x02'), { width: 800, height: 600 }],
  ['webp without loss', latin('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x1f\xc3\x95\0'), { width: 800, height: 600 }],
  ['large webp', latin('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\x03\0\x57\x02\0'), { width: 800, height: 600 }],
])('of a %s', (_, header, size) => {
  expect(pictureSize(padded(header))).toEqual(size)
})

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', latin('<svg width="1" height="1"/>')],
  ['a png without its header', padded(latin('\x89PNG\r\n\x1a\n'))],
  ['a png of no width', padded(latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x01'))],
  ['a jpeg that ends', latin('\xff\xd8\xff\xe0\xff\xff')],
  ['a jpeg without a frame', padded(latin('\xff\xd8\xff\xda\0\x08'))],
  ['a jpeg that steps nowhere', padded(latin('\xff\xd8\xff\xe0\0\0\xff\xe0\0\0'))],
  ['a cut webp', latin('RIFF\0\0\0\0WEBPVP8X')],
  ['another riff', padded(latin('RIFF\0\0\0\0WAVEfmt '))],
])('%s says none', (_, bytes) => {
  expect(pictureSize(bytes)).toBeNull()
})
