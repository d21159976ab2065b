/**
 * Rich text, made safe: any HTML-like text → a tree of the few elements that are kept → its canonical text.
 * Laws: `sanitise(sanitise(x)) = sanitise(x)`; the output holds no other element, no attribute but a checked `href`.
 */

export type InlineTag = 'strong' | 'em' | 'u' | 's' | 'code' | 'a'
export type BlockTag = 'p' | 'h2' | 'h3' | 'blockquote' | 'ul' | 'ol' | 'li'
export type RichTag = InlineTag | BlockTag | 'br'
export type RichNode = string | RichElement
export interface RichElement {
  readonly tag: RichTag
  /** Of `a`: http, https or mailto. */
  readonly href?: string
  readonly children: readonly RichNode[]
}

const inlineTags = new Set<string>(['strong', 'em', 'u', 's', 'code', 'a'])
const blockTags = new Set<string>(['p', 'h2', 'h3', 'blockquote', 'ul', 'ol', 'li'])
const synonyms: Readonly<Record<string, string>> = {
  b: 'strong',
  i: 'em',
  strike: 's',
  del: 's',
  ins: 'u',
  h1: 'h2',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  div: 'p',
  pre: 'p',
}
/** Elements whose content is no text for people: dropped with it. */
const dropped = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'template',
  'noscript',
  'title',
  'textarea',
  'select',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
])
const deepest = 20

interface Open {
  readonly tag: RichTag | 'root'
  readonly href?: string
  readonly children: RichNode[]
}

type Token =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'open'; readonly tag: string; readonly attributes: string }
  | { readonly is: 'close'; readonly tag: string }

/** The canonical text of what is kept; '' when no text is left. */
export function sanitise(html: string): string {
  const nodes = readRich(html)
  return hasText(nodes) ? printRich(nodes) : ''
}

/** The tree of what is kept. */
export function readRich(html: string): readonly RichNode[] {
  const root: Open = { tag: 'root', children: [] }
  const stack: Open[] = [root]
  for (const token of tokens(html)) take(stack, token)
  while (stack.length > 1) close(stack)
  return root.children
}

export function printRich(nodes: readonly RichNode[]): string {
  return nodes.map((node) => (typeof node === 'string' ? escapeText(node) : printElement(node))).join('')
}

/** The words alone: blocks on lines of their own. */
export function plainText(nodes: readonly RichNode[]): string {
  return nodes
    .map(plainOf)
    .join('')
    .replace(/\n{2,}/g, '\n')
    .trim()
}

/** A web or mail address that may stand behind a link, or null. */
export function safeHref(address: string): string | null {
  const plain = address.replace(/[\p{Cc}\s]/gu, '')
  return plain.length <= 2000 && /^(?:https?:\/\/[^/]|mailto:[^/])/i.test(plain) ? plain : null
}

function* tokens(html: string): Generator<Token> {
  let at = 0
  while (at < html.length) {
    const next = html.indexOf('<', at)
    if (next < 0) return yield { is: 'text', text: decode(html.slice(at)) }
    if (next > at) yield { is: 'text', text: decode(html.slice(at, next)) }
    const markup = readMarkup(html, next)
    if (markup.token) yield markup.token
    at = markup.end
  }
}

function readMarkup(html: string, start: number): { readonly end: number; readonly token?: Token } {
  if (html.startsWith('<!--', start)) return { end: after(html, '-->', start + 4) }
  if (/[!?]/.test(html[start + 1] ?? '')) return { end: after(html, '>', start + 2) }
  const match = tagAt(html, start)
  if (match === null) return { end: start + 1, token: { is: 'text', text: '<' } }
  const tag = match.tag
  if (match.closing) return { end: match.end, token: { is: 'close', tag: synonyms[tag] ?? tag } }
  if (dropped.has(tag)) return { end: after(html, '>', afterClosing(html, tag, match.end)) }
  return { end: match.end, token: { is: 'open', tag: synonyms[tag] ?? tag, attributes: match.attributes } }
}

const tagStart = /<(\/?)([a-z][a-z0-9]*)(?=[\s/>])/iy

function tagAt(
  html: string,
  start: number,
): { readonly tag: string; readonly closing: boolean; readonly attributes: string; readonly end: number } | null {
  tagStart.lastIndex = start
  const match = tagStart.exec(html)
  if (match === null) return null
  const from = start + match[0].length
  const end = tagEnd(html, from)
  return {
    tag: (match[2] ?? '').toLowerCase(),
    closing: match[1] === '/',
    attributes: html.slice(from, end),
    end: end + 1,
  }
}

/** The `>` of a tag, not one inside quotes. */
function tagEnd(html: string, from: number): number {
  let quote = ''
  for (let at = from; at < html.length; at += 1) {
    const letter = html[at] ?? ''
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '>') return at
    else if (letter === '"' || letter === "'") quote = letter
  }
  return html.length
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from)
  return at < 0 ? html.length : at + mark.length
}

function afterClosing(html: string, tag: string, from: number): number {
  const at = html.slice(from).search(new RegExp(`</${tag}`, 'i'))
  return at < 0 ? html.length : from + at
}

function take(stack: Open[], token: Token): void {
  if (token.is === 'text') takeText(stack, token.text)
  else if (token.is === 'close') takeClose(stack, token.tag)
  else if (token.tag === 'br') takeInline(stack, { tag: 'br', children: [] })
  else if (inlineTags.has(token.tag)) openInline(stack, token.tag as InlineTag, token.attributes)
  else if (blockTags.has(token.tag)) openBlock(stack, token.tag as BlockTag)
}

function takeText(stack: Open[], raw: string): void {
  const text = raw.replace(/\r\n?/g, '\n').replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, ' ')
  if (text.trim() === '' && !holdsText(top(stack))) return
  if (text !== '') takeInline(stack, text)
}

/** Words stand in a paragraph, heading or list item; where none is open, one is made. */
function takeInline(stack: Open[], node: RichNode): void {
  makeRoom(stack)
  const children = top(stack).children
  const last = children.at(-1)
  if (typeof node === 'string' && typeof last === 'string') children[children.length - 1] = last + node
  else children.push(node)
}

function openInline(stack: Open[], tag: InlineTag, attributes: string): void {
  const href = tag === 'a' ? hrefOf(attributes) : null
  if (tag === 'a' && href === null) return
  if (stack.length >= deepest || stack.some((open) => open.tag === tag)) return
  makeRoom(stack)
  stack.push(href === null ? { tag, children: [] } : { tag, href, children: [] })
}

function openBlock(stack: Open[], tag: BlockTag): void {
  while (!mayHold(top(stack).tag, tag)) {
    if (tag === 'li' && !stack.some((open) => open.tag === 'ul' || open.tag === 'ol')) {
      openBlock(stack, 'p')
      return
    }
    close(stack)
  }
  if (stack.length < deepest) stack.push({ tag, children: [] })
}

function mayHold(outer: Open['tag'], inner: BlockTag): boolean {
  if (inner === 'li') return outer === 'ul' || outer === 'ol'
  if (inner === 'ul' || inner === 'ol') return outer === 'root' || outer === 'blockquote' || outer === 'li'
  return outer === 'root' || (outer === 'blockquote' && inner !== 'blockquote')
}

function makeRoom(stack: Open[]): void {
  const tag = top(stack).tag
  if (tag === 'root' || tag === 'blockquote') stack.push({ tag: 'p', children: [] })
  if (tag === 'ul' || tag === 'ol') stack.push({ tag: 'li', children: [] })
}

function takeClose(stack: Open[], tag: string): void {
  if (!stack.some((open) => open.tag === tag)) return
  while (top(stack).tag !== tag) close(stack)
  close(stack)
}

/** An element without content leaves no trace, nor does a block of spaces. */
function close(stack: Open[]): void {
  const done = stack.pop()
  if (done === undefined || done.tag === 'root' || done.children.length === 0) return
  if (blockTags.has(done.tag) && done.children.every((child) => typeof child === 'string' && child.trim() === ''))
    return
  top(stack).children.push(
    done.href === undefined
      ? { tag: done.tag, children: done.children }
      : { tag: done.tag, href: done.href, children: done.children },
  )
}

function top(stack: readonly Open[]): Open {
  return stack[stack.length - 1] ?? { tag: 'root', children: [] }
}

function holdsText(open: Open): boolean {
  return inlineTags.has(open.tag) || open.tag === 'p' || open.tag === 'li' || open.tag === 'h2' || open.tag === 'h3'
}

const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g

function hrefOf(attributes: string): string | null {
  for (const [, name, double, single, bare] of attributes.matchAll(attribute)) {
    if (name?.toLowerCase() === 'href') return safeHref(decode(double ?? single ?? bare ?? ''))
  }
  return null
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    },
  )
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function printElement(node: RichElement): string {
  if (node.tag === 'br') return '<br>'
  const href = node.href === undefined ? '' : ` href="${escapeText(node.href).replaceAll('"', '&quot;')}"`
  return `<${node.tag}${href}>${printRich(node.children)}</${node.tag}>`
}

function plainOf(node: RichNode): string {
  if (typeof node === 'string') return node
  if (node.tag === 'br') return '\n'
  const inner = node.children.map(plainOf).join('')
  return blockTags.has(node.tag) ? `\n${node.tag === 'li' ? `• ${inner.trim()}` : inner}\n` : inner
}

function hasText(nodes: readonly RichNode[]): boolean {
  return nodes.some((node) => (typeof node === 'string' ? node.trim() !== '' : hasText(node.children)))
}
