/** Formula text → JSON Logic in full form (arguments always in arrays), with the span of every node. A Pratt parser. */
import type { Json } from '#base/json.ts'
import type { Place } from './expression.ts'
import type { Operator } from './node.ts'
import { operatorOf, operators } from './operators/catalogue.ts'
import { resolvePath } from './resolve.ts'
import { type Span, type Token, tokenize } from './tokens.ts'

/** A parsed node: its JSON, its place in the text, and its arguments by pointer step. */
export interface Parsed {
  readonly json: Json
  readonly span: Span
  readonly parts: readonly (readonly [string, Parsed])[]
  /** Stood in parentheses, so a chain does not swallow it. */
  readonly closed?: boolean
}
export interface SyntaxIssue extends Span {
  readonly code: string
  readonly params: Readonly<Record<string, Json>>
}
export type SyntaxAnswer =
  | { readonly ok: true; readonly parsed: Parsed }
  | { readonly ok: false; readonly issue: SyntaxIssue }

const maxLength = 20_000
const maxDepth = 64
const minusLevel = 8
const infixes: ReadonlyMap<string, Operator> = new Map(
  operators.flatMap((operator) => (operator.text.as === 'infix' ? [[operator.text.symbol, operator] as const] : [])),
)
const prefixes: ReadonlyMap<string, Operator> = new Map(
  operators.flatMap((operator) => (operator.text.as === 'prefix' ? [[operator.text.symbol, operator] as const] : [])),
)
const constants: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** Words that are no names: as a field they stand in backticks. */
export const keywords: ReadonlySet<string> = new Set([...infixes.keys(), ...prefixes.keys(), ...constants.keys()])

export function parseSyntax(text: string, place?: Place): SyntaxAnswer {
  if (text.length > maxLength)
    return {
      ok: false,
      issue: { code: 'text-too-long', params: { limit: maxLength }, start: maxLength, end: text.length },
    }
  const cut = tokenize(text)
  if (!cut.ok) return { ok: false, issue: { ...cut.issue, params: {} } }
  try {
    return { ok: true, parsed: new Parser(cut.tokens, place).parse() }
  } catch (error) {
    if (error instanceof SyntaxStop) return { ok: false, issue: error.issue }
    throw error
  }
}

/** Does the path name the rows of a table? */
export function isTable(path: string, place: Place): boolean {
  const resolved = resolvePath(path, place, '')
  return 'node' in resolved && resolved.node.kind === 'rows'
}

/** Leaves the parser at the first issue; never seen outside. */
class SyntaxStop extends Error {
  readonly issue: SyntaxIssue
  constructor(issue: SyntaxIssue) {
    super(issue.code)
    this.issue = issue
  }
}

class Parser {
  readonly #tokens: readonly Token[]
  readonly #place: Place | undefined
  #position = 0
  #depth = 0

  constructor(tokens: readonly Token[], place: Place | undefined) {
    this.#tokens = tokens
    this.#place = place
  }

  parse(): Parsed {
    const parsed = this.#expression(0)
    if (this.#next().is !== 'end') this.#stop('unexpected', this.#next())
    return parsed
  }

  /** Everything that binds tighter than `level`. */
  #expression(level: number): Parsed {
    this.#depth += 1
    if (this.#depth > maxDepth) this.#stop('too-deep', this.#next())
    let left = this.#operand()
    for (let operator = this.#infix(); operator !== undefined && levelOf(operator) > level; operator = this.#infix()) {
      left = this.#infixCall(left, operator)
    }
    this.#depth -= 1
    return left
  }

  #infix(): Operator | undefined {
    const token = this.#next()
    if (token.is === 'symbol') return infixes.get(token.value)
    return token.is === 'name' && !token.quoted ? infixes.get(token.value) : undefined
  }

  /** `a + b + c` is one call with three arguments; `a - b - c` nests to the left; comparisons do not chain. */
  #infixCall(left: Parsed, operator: Operator): Parsed {
    const args = [left]
    const symbol = this.#next()
    do {
      this.#advance()
      args.push(this.#expression(levelOf(operator)))
    } while (operator.arity.most > 2 && this.#infix() === operator)
    const following = this.#infix()
    if (isComparison(operator) && following !== undefined && isComparison(following))
      this.#stop('comparison-chain', this.#next())
    const last = args.at(-1) as Parsed
    return callOf(operator.name, args, { start: Math.min(left.span.start, symbol.start), end: last.span.end })
  }

  #operand(): Parsed {
    const token = this.#next()
    if (token.is === 'number' || token.is === 'text') {
      this.#advance()
      return leaf(token.value, token)
    }
    if (token.is === 'symbol') return this.#symbol(token)
    if (token.is === 'name') return this.#name(token)
    return this.#stop('value-expected', token)
  }

  #symbol(token: Token & { readonly is: 'symbol' }): Parsed {
    if (token.value === '-') return this.#minus(token)
    if (token.value === '[') return this.#list(token)
    if (token.value !== '(') return this.#stop('value-expected', token)
    this.#advance()
    const inner = this.#expression(0)
    const end = this.#expect(')')
    return { ...inner, span: { start: token.start, end: end.end }, closed: true }
  }

  /** Right before a number it is its sign, else the operator. */
  #minus(minus: Token): Parsed {
    this.#advance()
    const token = this.#next()
    if (token.is === 'number') {
      this.#advance()
      return leaf(0 - token.value, { start: minus.start, end: token.end })
    }
    const inner = this.#expression(minusLevel)
    return callOf('-', [inner], { start: minus.start, end: inner.span.end })
  }

  #list(open: Token): Parsed {
    this.#advance()
    const items = this.#separated(']')
    const end = this.#tokens[this.#position - 1] ?? open
    return {
      json: items.map((item) => item.json),
      span: { start: open.start, end: end.end },
      parts: items.map((item, index) => [`/${index}`, item]),
    }
  }

  #name(token: Token & { readonly is: 'name' }): Parsed {
    this.#advance()
    const prefix = token.quoted ? undefined : prefixes.get(token.value)
    if (prefix !== undefined) {
      const inner = this.#expression(levelOf(prefix))
      return callOf(prefix.name, [inner], { start: token.start, end: inner.span.end })
    }
    if (!token.quoted && constants.has(token.value)) return leaf(constants.get(token.value) ?? null, token)
    if (!token.quoted && infixes.has(token.value)) return this.#stop('value-expected', token)
    if (!token.quoted && this.#isSymbol('(')) return this.#call(token)
    return variable(token.value, token)
  }

  #call(token: Token & { readonly is: 'name' }): Parsed {
    const operator = operatorOf(token.value)
    if (operator === undefined) return this.#stop('unknown-operator', token, { name: token.value })
    this.#advance()
    const args = this.#separated(')')
    const end = this.#tokens[this.#position - 1] ?? token
    return callOf(operator.name, this.#spreadColumn(operator, args), { start: token.start, end: end.end })
  }

  /** `sum(lines.amount)` means `sum(lines, amount)`. */
  #spreadColumn(operator: Operator, args: readonly Parsed[]): readonly Parsed[] {
    const [only] = args
    if (only === undefined || args.length > 1 || operator.overRows === undefined || only.closed === true) return args
    const path = (only.json as { readonly var?: string } | null)?.var
    if (typeof path !== 'string') return args
    const names = path.split('.')
    const rows = names.slice(0, path.startsWith('$') ? 2 : 1)
    if (
      names.length <= rows.length ||
      (operator.overRows === 'may' && !(this.#place !== undefined && isTable(rows.join('.'), this.#place)))
    )
      return args
    const middle = only.span.end - names.slice(rows.length).join('.').length
    return [
      variable(rows.join('.'), { start: only.span.start, end: middle - 1 }),
      variable(names.slice(rows.length).join('.'), { start: middle, end: only.span.end }),
    ]
  }

  /** Expressions between commas, up to the closing symbol, which is taken. */
  #separated(close: string): readonly Parsed[] {
    const items: Parsed[] = []
    while (!this.#isSymbol(close)) {
      if (items.length > 0) this.#expect(',')
      items.push(this.#expression(0))
    }
    this.#advance()
    return items
  }

  #expect(symbol: string): Token {
    const token = this.#next()
    if (!this.#isSymbol(symbol)) this.#stop('symbol-expected', token, { symbol })
    this.#advance()
    return token
  }

  #isSymbol(symbol: string): boolean {
    const token = this.#next()
    return token.is === 'symbol' && token.value === symbol
  }

  #next(): Token {
    return this.#tokens[this.#position] as Token
  }

  #advance(): void {
    if (this.#next().is !== 'end') this.#position += 1
  }

  #stop(code: string, { start, end }: Span, params: Readonly<Record<string, Json>> = {}): never {
    throw new SyntaxStop({ code, params, start, end })
  }
}

function levelOf(operator: Operator): number {
  return operator.text.as === 'call' ? 0 : operator.text.level
}

/** The level of `==`, `<`, `in`: they stand once between two values. */
export const comparisonLevel = 4

function isComparison(operator: Operator): boolean {
  return operator.text.as === 'infix' && operator.text.level === comparisonLevel
}

function leaf(json: Json, { start, end }: Span): Parsed {
  return { json, span: { start, end }, parts: [] }
}

function variable(path: string, { start, end }: Span): Parsed {
  return {
    json: { var: path },
    span: { start, end },
    parts: [['/var', { json: path, span: { start, end }, parts: [] }]],
  }
}

function callOf(name: string, args: readonly Parsed[], span: Span): Parsed {
  const key = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  const call: Parsed = { json: args.map((arg) => arg.json), span, parts: args.map((arg, index) => [`/${index}`, arg]) }
  return { json: { [name]: call.json }, span, parts: [[key, call]] }
}
