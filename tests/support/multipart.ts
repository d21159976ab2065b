/** A multipart body written by hand, so that tests send what no honest program would. */
export interface Part {
  readonly name: string
  readonly filename?: string
  readonly type?: string
  readonly content: string | Buffer
}

const boundary = 'x-formloom-boundary'

/** Body and header of an upload. `end: false` leaves the closing boundary away. */
export function multipart(
  parts: readonly Part[],
  end = true,
): { readonly raw: Buffer; readonly headers: Readonly<Record<string, string>> } {
  const chunks = parts.flatMap(({ name, filename, type, content }) => [
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`,
    filename === undefined ? '' : `; filename="${filename}"`,
    type === undefined ? '' : `\r\ncontent-type: ${type}`,
    '\r\n\r\n',
    content,
    '\r\n',
  ])
  return {
    raw: Buffer.concat([...chunks, end ? `--${boundary}--\r\n` : ''].map((chunk) => Buffer.from(chunk))),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** The smallest files that are what they say. */
export const samples = {
  png: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  pdf: Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
  html: Buffer.from('<!doctype html><script>alert(1)</script>'),
  csv: Buffer.from('name,city\nAnna,Bern\n'),
}
