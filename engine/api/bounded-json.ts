/** JSON from strangers: depth and number of names are counted before parsing, dangerous names and characters refused after. */

import { jsonPointer } from '#base/json-pointer.ts'
import { type Issue, Refusal } from '#base/problems.ts'

export interface JsonLimits {
  readonly depth: number
  readonly names: number
}

export const usualLimits: JsonLimits = { depth: 64, names: 10_000 }

const refusedNames = new Set(['__proto__', 'constructor', 'prototype'])

/** The parsed value. Refusal `request-invalid` names what is wrong. */
export function parseBoundedJson(text: string, limits: JsonLimits = usualLimits): unknown {
  const tooMuch = measure(text, limits)
  if (tooMuch) throw refusal([tooMuch])
  const value = parse(text)
  const issues: Issue[] = []
  inspect(value, [], issues)
  if (issues.length > 0) throw refusal(issues.slice(0, 20))
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) throw refusal([{ pointer: '', code: 'not-json' }])
    throw error
  }
}

/** One pass over the characters: outside of strings, brackets make the depth and colons the names. */
function measure(text: string, limits: JsonLimits): Issue | null {
  let depth = 0
  let names = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index)
    if (character === quote) index = endOfString(text, index)
    else if (character === openBrace || character === openBracket) depth += 1
    else if (character === closeBrace || character === closeBracket) depth -= 1
    else if (character === colon) names += 1
    if (depth > limits.depth) return { pointer: '', code: 'too-deep', params: { max: limits.depth } }
    if (names > limits.names) return { pointer: '', code: 'too-many-properties', params: { max: limits.names } }
  }
  return null
}

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text.charCodeAt(index) !== quote) index += text.charCodeAt(index) === backslash ? 2 : 1
  return index
}

/** The database holds neither NUL nor half characters; nobody else misses them. */
const unstorable = /\0|\p{Surrogate}/u

function inspect(value: unknown, path: readonly (string | number)[], issues: Issue[]): void {
  if (typeof value === 'string') {
    if (unstorable.test(value)) issues.push({ pointer: jsonPointer(...path), code: 'control-character' })
    return
  }
  if (typeof value !== 'object' || value === null) return
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  for (const [key, child] of entries) {
    if (typeof key === 'string' && (refusedNames.has(key) || unstorable.test(key)))
      issues.push({ pointer: jsonPointer(...path), code: 'bad-key', params: { key: refusedNames.has(key) ? key : '' } })
    else inspect(child, [...path, key], issues)
  }
}

function refusal(issues: readonly Issue[]): Refusal {
  return new Refusal('request-invalid', { issues })
}
