/** The first station of parsing: unknown input → plain JSON of bounded depth and size, or the place where it goes beyond. */
import type { Json } from '#base/json.ts'
import { jsonPointer } from '#base/json-pointer.ts'
import type { Issue } from '#base/problems.ts'
import { fail, ok, type Result } from '#base/result.ts'

export const bounds = { depth: 64, nodes: 20_000, stringLength: 100_000 } as const

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** A copy that holds nothing but JSON: own properties, no prototype keys. Never deeper than `bounds.depth` itself. */
export function boundedJson(input: unknown): Result<Json, readonly Issue[]> {
  const walk: Walk = { nodes: 0, path: [] }
  try {
    return ok(copy(input, walk))
  } catch (error) {
    if (error instanceof Beyond) return fail([error.issue])
    throw error
  }
}

interface Walk {
  nodes: number
  readonly path: (string | number)[]
}

/** Ends the walk from any depth; caught above. */
class Beyond extends Error {
  readonly issue: Issue
  constructor(code: string, walk: Walk, params: Record<string, Json> = {}) {
    super(code)
    this.issue = { pointer: jsonPointer(...walk.path), code, params }
  }
}

function copy(input: unknown, walk: Walk): Json {
  walk.nodes += 1
  if (walk.nodes > bounds.nodes) throw new Beyond('too-many-nodes', walk, { max: bounds.nodes })
  if (walk.path.length > bounds.depth) throw new Beyond('too-deep', walk, { max: bounds.depth })
  if (input === null || typeof input === 'boolean') return input
  if (typeof input === 'string') return boundedString(input, walk)
  if (typeof input === 'number' && Number.isFinite(input)) return input
  if (Array.isArray(input)) return input.map((item, index) => inside(index, walk, () => copy(item, walk)))
  if (isPlain(input)) return copyObject(input, walk)
  throw new Beyond('not-plain-json', walk)
}

function copyObject(input: object, walk: Walk): Json {
  const result: Record<string, Json> = {}
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue
    result[key] = inside(key, walk, () => {
      if (forbiddenKeys.has(key)) throw new Beyond('forbidden-name', walk, { name: key })
      return copy(value, walk)
    })
  }
  return result
}

function boundedString(text: string, walk: Walk): string {
  if (text.length > bounds.stringLength) throw new Beyond('too-long', walk, { max: bounds.stringLength })
  return text
}

function inside(key: string | number, walk: Walk, work: () => Json): Json {
  walk.path.push(key)
  const result = work()
  walk.path.pop()
  return result
}

function isPlain(input: unknown): input is object {
  if (typeof input !== 'object' || input === null) return false
  const prototype: unknown = Object.getPrototypeOf(input)
  return prototype === null || prototype === Object.prototype
}
