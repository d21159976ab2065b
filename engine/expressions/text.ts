/**
 * Formula text ⇄ JSON Logic. Laws: parse(print(json)) = normalForm(json); print(parse(text)) is a fixed point.
 * Example: `sum(lines.amount) * (1 - discount / 100)`.
 */
import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { checkExpression } from './check.ts'
import type { Place } from './expression.ts'
import { isTable, type Parsed, parseSyntax } from './parse-text.ts'
import { printExpression } from './print-text.ts'
import { checkShape } from './shape.ts'
import type { Span } from './tokens.ts'

/** An issue with its place in the text (UTF-16 offsets, end exclusive). */
export interface TextIssue extends Issue {
  readonly span: Span
}
export type TextAnswer =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly issues: readonly TextIssue[] }

/** Parses and checks; every issue of the check stands under the exact part of the text. */
export function parseText(text: string, place: Place, expected?: ValueType): TextAnswer {
  const syntax = parseSyntax(text, place)
  if (!syntax.ok) {
    const { code, params, start, end } = syntax.issue
    return { ok: false, issues: [{ pointer: '', code, params, span: { start, end } }] }
  }
  const answer = checkExpression(syntax.parsed.json, place, expected)
  if (answer.ok) return { ok: true, value: normalForm(syntax.parsed.json) }
  const spans = spansOf(syntax.parsed)
  return {
    ok: false,
    issues: answer.issues.map((issue) => ({ ...issue, span: spans.get(issue.pointer) ?? syntax.parsed.span })),
  }
}

/** The text of an expression; nothing for one that is oversized and so refused anyway. With a place, `max(lines.price)` is written in its short form too. */
export function printText(source: Json, place?: Place): string {
  if (checkShape(source) !== null) return ''
  return printExpression(source, (path) => place !== undefined && isTable(path, place))
}

/** One way to write each expression: a single argument without its array (unless it is a list), paths as plain strings, 0 for −0. */
export function normalForm(source: Json): Json {
  if (Array.isArray(source)) return source.map((item: Json) => normalForm(item))
  if (!isObject(source)) return source === 0 ? 0 : source === '' ? null : source
  const key = Object.keys(source)[0] ?? ''
  const given = source[key] ?? null
  if (key === 'var') return { var: Array.isArray(given) ? (given[0] ?? null) : given }
  const args = (Array.isArray(given) ? (given as readonly Json[]) : [given]).map(normalForm)
  const [only] = args
  return { [key]: args.length === 1 && only !== undefined && !Array.isArray(only) ? only : args }
}

function spansOf(root: Parsed): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  const visit = (parsed: Parsed, pointer: string): void => {
    if (!spans.has(pointer)) spans.set(pointer, parsed.span)
    for (const [step, part] of parsed.parts) visit(part, pointer + step)
  }
  visit(root, '')
  return spans
}
