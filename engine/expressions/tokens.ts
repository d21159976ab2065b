/** Formula text cut into tokens, each with its place in the text. */
export interface Span {
  readonly start: number
  /** Behind the last character. */
  readonly end: number
}

export type Token = Span &
  (
    | { readonly is: 'number'; readonly value: number }
    | { readonly is: 'text'; readonly value: string }
    /** A path such as `customer.tier` or `$parent.discount`, or the name of a call. */
    | { readonly is: 'name'; readonly value: string; readonly quoted: boolean }
    | { readonly is: 'symbol'; readonly value: string }
    | { readonly is: 'end' }
  )
export type TokenIssue = Span & { readonly code: string }
export type Tokens =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | { readonly ok: false; readonly issue: TokenIssue }

const spaces = /[\s\u3000]+/y
const numbers = /\d+(?:\.\d+)?/y
const names = /\$?[A-Za-z_][A-Za-z0-9_]*(?:\.\$?[A-Za-z_][A-Za-z0-9_]*)*/y
const quotedNames = /`([^`\n]*)`/y
const symbols = /==|!=|<=|>=|[<>+\-*/%&(),[\]]/y
const texts = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

export function tokenize(text: string): Tokens {
  const tokens: Token[] = []
  let start = endOf(spaces, text, 0) ?? 0
  while (start < text.length) {
    const token = tokenAt(text, start)
    if (token === null) return { ok: false, issue: strayAt(text, start) }
    tokens.push(token)
    start = endOf(spaces, text, token.end) ?? token.end
  }
  return { ok: true, tokens: [...tokens, { is: 'end', start: text.length, end: text.length }] }
}

/** Inside double quotes, as `tokenize` reads it back. */
export function quoteText(text: string): string {
  const quoted = JSON.stringify(text)
  return quoted.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

function tokenAt(text: string, start: number): Token | null {
  const number = endOf(numbers, text, start)
  if (number !== null) return { is: 'number', value: Number(text.slice(start, number)), start, end: number }
  const name = endOf(names, text, start)
  if (name !== null) return { is: 'name', value: text.slice(start, name), quoted: false, start, end: name }
  const quotedName = endOf(quotedNames, text, start)
  if (quotedName !== null)
    return { is: 'name', value: text.slice(start + 1, quotedName - 1), quoted: true, start, end: quotedName }
  const literal = endOf(texts, text, start)
  if (literal !== null) return { is: 'text', value: unquote(text.slice(start + 1, literal - 1)), start, end: literal }
  const symbol = endOf(symbols, text, start)
  return symbol === null ? null : { is: 'symbol', value: text.slice(start, symbol), start, end: symbol }
}

function unquote(inner: string): string {
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    if (letter === 'b') return '\b'
    return letter === 'f' ? '\f' : (escapes[letter] ?? letter)
  })
}

function strayAt(text: string, start: number): TokenIssue {
  const quote = text[start]
  if (quote === '"' || quote === "'" || quote === '`') return { code: 'text-not-closed', start, end: text.length }
  return { code: 'unexpected-character', start, end: start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1) }
}

function endOf(pattern: RegExp, text: string, start: number): number | null {
  pattern.lastIndex = start
  return pattern.test(text) ? pattern.lastIndex : null
}
