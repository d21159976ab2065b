/** JSON text → unknown JSON, with the line and column of what is wrong: syntax, a key that stands twice, nesting without end. */
import type { Json, JsonObject } from '#base/json.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import type { Issue } from '#base/problems.ts'
import { fail, ok, type Result } from '#base/result.ts'
import { bounds } from './bounded.ts'

/** Reads one JSON document (RFC 8259). Issue params: `line` and `column`, counted from 1, and what was `expected`. */
export function parseJsonText(text: string): Result<unknown, readonly Issue[]> {
  const reader: Reader = { text, at: text.startsWith('\ufeff') ? 1 : 0, path: [] }
  try {
    const value = readValue(reader)
    skipSpace(reader)
    if (reader.at < text.length) throw wrong(reader, 'end of text')
    return ok(value)
  } catch (error) {
    if (error instanceof Wrong) return fail([error.issue])
    throw error
  }
}

interface Reader {
  readonly text: string
  at: number
  readonly path: (string | number)[]
}

/** Ends the reading from any depth; caught above. */
class Wrong extends Error {
  readonly issue: Issue
  constructor(issue: Issue) {
    super(issue.code)
    this.issue = issue
  }
}

function wrong(reader: Reader, expected: string): Wrong {
  return new Wrong({
    pointer: jsonPointer(...reader.path),
    code: 'json-syntax',
    params: { ...placeOf(reader), expected },
  })
}

function placeOf({ text, at }: Reader): JsonObject {
  const before = text.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') }
}

function readValue(reader: Reader): Json {
  if (reader.path.length > bounds.depth)
    throw new Wrong({
      pointer: jsonPointer(...reader.path),
      code: 'too-deep',
      params: { ...placeOf(reader), max: bounds.depth },
    })
  skipSpace(reader)
  const character = reader.text[reader.at]
  if (character === '{') return readObject(reader)
  if (character === '[') return readArray(reader)
  if (character === '"') return readString(reader)
  return readWord(reader)
}

function readObject(reader: Reader): Json {
  const result: Record<string, Json> = {}
  reader.at += 1
  skipSpace(reader)
  if (take(reader, '}')) return result
  for (;;) {
    skipSpace(reader)
    const start = reader.at
    if (reader.text[reader.at] !== '"') throw wrong(reader, '"')
    const key = readString(reader)
    if (Object.hasOwn(result, key))
      throw new Wrong({
        pointer: jsonPointer(...reader.path, key),
        code: 'duplicate-key',
        params: { ...placeOf({ ...reader, at: start }), key },
      })
    skipSpace(reader)
    if (!take(reader, ':')) throw wrong(reader, ':')
    const value = within(reader, key)
    Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true })
    skipSpace(reader)
    if (take(reader, '}')) return result
    if (!take(reader, ',')) throw wrong(reader, ', or }')
  }
}

function readArray(reader: Reader): Json {
  const result: Json[] = []
  reader.at += 1
  skipSpace(reader)
  if (take(reader, ']')) return result
  for (;;) {
    result.push(within(reader, result.length))
    skipSpace(reader)
    if (take(reader, ']')) return result
    if (!take(reader, ',')) throw wrong(reader, ', or ]')
  }
}

function within(reader: Reader, segment: string | number): Json {
  reader.path.push(segment)
  const value = readValue(reader)
  reader.path.pop()
  return value
}

const stringToken = /"[^"\\]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\]*)*"/y
const wordToken = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function readString(reader: Reader): string {
  const start = reader.at
  const quoted = token(reader, stringToken, 'text in quotes')
  const control = Array.from(quoted).findIndex((character) => character < ' ')
  if (control >= 0) throw wrong({ ...reader, at: start + control }, 'text in quotes')
  return JSON.parse(quoted) as string
}

function readWord(reader: Reader): Json {
  return JSON.parse(token(reader, wordToken, 'a value')) as Json
}

function token(reader: Reader, pattern: RegExp, expected: string): string {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)?.[0]
  if (found === undefined) throw wrong(reader, expected)
  reader.at += found.length
  return found
}

function skipSpace(reader: Reader): void {
  while (' \t\n\r'.includes(reader.text[reader.at] ?? 'x')) reader.at += 1
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false
  reader.at += 1
  return true
}
