/**
 * Rich text as people type it without a mouse: `**strong**`, `__emphasis__`, `# heading`, `- list`.
 * Law: `readMarkup(writeMarkup(html)) = html` for what `readMarkup` itself gives.
 */
import { plainText, printRich, type RichElement, type RichNode, readRich, safeHref, sanitise } from './sanitise.ts'

/** No mark begins with another one, so that marks beside each other are read as they were written. */
const marks = { strong: '**', em: '__', u: '++', s: '~~', code: '`' } as const
type Mark = keyof typeof marks
const markNames: readonly Mark[] = ['strong', 'em', 'u', 's', 'code']
const deepest = 12

/** Canonical rich text → its markup. */
export function writeMarkup(html: string): string {
  return writeBlocks(readRich(html)).join('\n\n')
}

/** Markup → canonical rich text; '' when nothing is left. */
export function readMarkup(markup: string): string {
  return sanitise(readBlocks(markup.replace(/\r\n?/g, '\n').split('\n'), 0))
}

function writeBlocks(nodes: readonly RichNode[]): readonly string[] {
  return nodes.map((node) => (typeof node === 'string' ? writeInline([node]) : writeBlock(node)))
}

function writeBlock(node: RichElement): string {
  switch (node.tag) {
    case 'h2':
      return `# ${oneLine(node)}`
    case 'h3':
      return `## ${oneLine(node)}`
    case 'blockquote':
      return writeBlocks(node.children)
        .join('\n\n')
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n')
    case 'ul':
      return node.children.map((item) => writeItem(item, '- ')).join('\n')
    case 'ol':
      return node.children.map((item, index) => writeItem(item, `${index + 1}. `)).join('\n')
    default:
      return writeInline(node.children).split('\n').map(guardStart).join('\n')
  }
}

/** A heading is one line: a break in it would end it. */
function oneLine(node: RichElement): string {
  return writeInline(node.children).replace(/\n/g, ' ')
}

function writeItem(item: RichNode, lead: string): string {
  if (typeof item === 'string') return lead + writeInline([item])
  const lists = item.children.filter((child) => isList(child))
  const words = item.children.filter((child) => !isList(child))
  const below = lists.map((list) => (typeof list === 'string' ? '' : writeBlock(list))).join('\n')
  const first = lead + writeInline(words).replace(/\n/g, ' ')
  return below === ''
    ? first
    : `${first}\n${below
        .split('\n')
        .map((line) => `  ${line}`)
        .join('\n')}`
}

function isList(node: RichNode): boolean {
  return typeof node !== 'string' && (node.tag === 'ul' || node.tag === 'ol')
}

function writeInline(nodes: readonly RichNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string')
        return node.replace(/\n/g, ' ').replace(/[\\`[\]]|^[*_+~]|[*_+~]$|([*_+~])(?=\1)/g, '\\$&')
      if (node.tag === 'br') return '\n'
      if (node.tag === 'a')
        return `[${writeInline(node.children)}](${(node.href ?? '').replaceAll('(', '%28').replaceAll(')', '%29')})`
      const mark = Object.hasOwn(marks, node.tag) && plainText(node.children) !== '' ? marks[node.tag as Mark] : ''
      return node.tag === 'code' && mark !== ''
        ? `\`${plainText(node.children).replaceAll('`', "'").replace(/\n/g, ' ')}\``
        : `${mark}${writeInline(node.children)}${mark}`
    })
    .join('')
}

function guardStart(line: string): string {
  return line
    .trimStart()
    .replace(/^(#{1,2} |>|- )/, '\\$1')
    .replace(/^(\d+)\\?\. /, '$1\\. ')
}

function readBlocks(lines: readonly string[], depth: number): string {
  const html: string[] = []
  let at = 0
  while (at < lines.length) {
    const taken = readBlock(lines, at, depth)
    html.push(taken.html)
    at = taken.next
  }
  return html.join('')
}

function readBlock(
  lines: readonly string[],
  at: number,
  depth: number,
): { readonly html: string; readonly next: number } {
  const line = lines[at] ?? ''
  const heading = /^(#{1,2}) (.*)$/.exec(line)
  if (line.trim() === '') return { html: '', next: at + 1 }
  if (heading !== null)
    return { html: element(heading[1] === '#' ? 'h2' : 'h3', readInline(heading[2] ?? '', 0)), next: at + 1 }
  if (line.startsWith('>') && depth < deepest) return readQuote(lines, at, depth)
  const kind = listKind(line)
  if (kind !== null && depth < deepest) return readList({ lines, at, depth, kind })
  const next = endOf(lines, at + 1, (each) => each.trim() !== '' && !/^(?:#{1,2} |>|[-] |\d+\. )/.test(each))
  return {
    html: element(
      'p',
      lines
        .slice(at, next)
        .map((each) => readInline(each.trim(), 0))
        .join('<br>'),
    ),
    next,
  }
}

function readQuote(
  lines: readonly string[],
  at: number,
  depth: number,
): { readonly html: string; readonly next: number } {
  const next = endOf(lines, at, (line) => line.startsWith('>'))
  return {
    html: element(
      'blockquote',
      readBlocks(
        lines.slice(at, next).map((line) => line.replace(/^> ?/, '')),
        depth + 1,
      ),
    ),
    next,
  }
}

function readList({
  lines,
  at,
  depth,
  kind,
}: {
  readonly lines: readonly string[]
  readonly at: number
  readonly depth: number
  readonly kind: 'ul' | 'ol'
}): { readonly html: string; readonly next: number } {
  const items: string[] = []
  let next = at
  while (next < lines.length && listKind(lines[next] ?? '') === kind) {
    const words = readInline((lines[next] ?? '').replace(/^(?:- |\d+\. )/, ''), 0)
    const end = endOf(lines, next + 1, (line) => line.startsWith('  '))
    items.push(
      element(
        'li',
        words +
          readBlocks(
            lines.slice(next + 1, end).map((line) => line.slice(2)),
            depth + 1,
          ),
      ),
    )
    next = end
  }
  return { html: element(kind, items.join('')), next }
}

function listKind(line: string): 'ul' | 'ol' | null {
  if (line.startsWith('- ')) return 'ul'
  return /^\d+\. /.test(line) ? 'ol' : null
}

function endOf(lines: readonly string[], from: number, belongs: (line: string) => boolean): number {
  let end = from
  while (end < lines.length && belongs(lines[end] ?? '')) end += 1
  return end
}

function readInline(text: string, depth: number): string {
  if (depth > deepest) return printRich([text])
  let html = ''
  let at = 0
  while (at < text.length) {
    const piece = readPiece(text, at, depth)
    html += piece.html
    at = piece.next
  }
  return html
}

function readPiece(text: string, at: number, depth: number): { readonly html: string; readonly next: number } {
  if (text[at] === '\\' && at + 1 < text.length) return { html: printRich([text[at + 1] ?? '']), next: at + 2 }
  const mark = markNames.find((each) => text.startsWith(marks[each], at))
  if (mark !== undefined) return readMark(text, at, { mark, depth })
  const link = text[at] === '[' ? readLink(text, at, depth) : null
  return link ?? { html: printRich([text[at] ?? '']), next: at + 1 }
}

function readMark(
  text: string,
  at: number,
  { mark, depth }: { readonly mark: Mark; readonly depth: number },
): { readonly html: string; readonly next: number } {
  const sign = marks[mark]
  const end = closing(text, sign, at + sign.length)
  const inner = end < 0 ? '' : text.slice(at + sign.length, end)
  if (inner.trim() === '') return { html: printRich([sign]), next: at + sign.length }
  return {
    html: element(mark, mark === 'code' ? printRich([inner]) : readInline(inner, depth + 1)),
    next: end + sign.length,
  }
}

/** Where the mark stands again, not behind a backslash. */
function closing(text: string, sign: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\' && sign !== '`') at += 1
    else if (text.startsWith(sign, at)) return at
  }
  return -1
}

function readLink(text: string, at: number, depth: number): { readonly html: string; readonly next: number } | null {
  const middle = closing(text, '](', at + 1)
  const end = middle < 0 ? -1 : text.indexOf(')', middle)
  const href = end < 0 ? null : safeHref(text.slice(middle + 2, end))
  if (href === null) return null
  return {
    html: `<a href="${printRich([href]).replaceAll('"', '&quot;')}">${readInline(text.slice(at + 1, middle), depth + 1)}</a>`,
    next: end + 1,
  }
}

function element(tag: string, inner: string): string {
  return `<${tag}>${inner}</${tag}>`
}
