/** What files are said to be: by their bytes, never by what their sender hopes. */
import { describe, expect, it } from 'vitest'
import { cleanFileName } from './file-name.ts'
import { isShownInline, mediaTypeOf } from './media-type.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const zipped = (first: string) => bytes(`PK\x03\x04\x14\0\x06\0\x08\0${'\0'.repeat(16)}${first}`)

describe('the type of a file', () => {
  it.each([
    ['a.pdf', bytes('%PDF-1.7\n'), 'application/pdf'],
    ['a.html', bytes('%PDF-1.7\n<script>'), 'application/pdf'],
    ['a.txt', bytes('\x89PNG\r\n\x1a\n\0\0'), 'image/png'],
    ['a', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), 'image/jpeg'],
    ['a', bytes('GIF89a\x01\0'), 'image/gif'],
    ['a', bytes('RIFF\x24\0\0\0WEBPVP8 '), 'image/webp'],
    ['a', bytes('\0\0\0\x18ftypmp42'), 'video/mp4'],
    [
      'a.docx',
      zipped('[Content_Types].xml'),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['a.xlsx', zipped('_rels/.rels'), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['a.xlsx', zipped('virus.exe'), 'application/zip'],
    [
      'a.ods',
      zipped('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'application/vnd.oasis.opendocument.spreadsheet',
    ],
    ['a.zip', zipped('a.txt'), 'application/zip'],
    ['a.xls', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'application/vnd.ms-excel'],
    ['a.csv', Buffer.from('名称,城市\n'), 'text/csv'],
    ['a.csv', Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x0a]), 'text/csv'],
    ['a.csv', Buffer.from('\ufeffname,city\n', 'utf16le'), 'text/csv'],
    ['a.txt', Buffer.from('plain'), 'text/plain'],
    ['a.pdf', Buffer.from('plain'), 'text/plain'],
    ['a.json', Buffer.from('{}'), 'application/json'],
    ['a.exe', bytes('MZ\x90\0\x03'), 'application/octet-stream'],
    ['a.txt', bytes('text\0with a zero'), 'application/octet-stream'],
  ])('%s is told by its bytes (%#)', (name, head, type) => {
    expect(mediaTypeOf(head, name)).toBe(type)
  })

  it.each([
    '<!DOCTYPE html><p>',
    '  \n<HTML>',
    '<script>alert(1)</script>',
    '<svg onload="alert(1)">',
    '<?xml version="1.0"?><svg/>',
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    '<!-- x --><b>',
  ])('markup %j is nothing that is shown in a page, whatever its name', (text) => {
    for (const name of ['a.png', 'a.pdf', 'a.jpg.svg', 'a.txt', '']) {
      const type = mediaTypeOf(Buffer.from(text), name)
      expect(isShownInline(type)).toBe(false)
      expect(type).toMatch(/html|xml/)
    }
  })

  it('of a text that was cut within a character is still text', () => {
    expect(mediaTypeOf(Buffer.from('价格').subarray(0, 5), 'a.txt')).toBe('text/plain')
  })
})

describe('the name of a file', () => {
  it.each([
    ['  a   b.pdf ', 'a b.pdf'],
    ['a\0b\r\n.pdf', 'ab.pdf'],
    ['"x" <y>.txt', '_x_ _y_.txt'],
    ['/', 'file'],
    ['a/..', 'file'],
    ['.htaccess', '.htaccess'],
  ])('%j is stored as %j', (given, name) => {
    expect(cleanFileName(given)).toBe(name)
  })
})
