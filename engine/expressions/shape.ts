/** The first look at an expression, before any recursion: its size, its depth and its keys. Iterative, so that no nesting overflows. */
import { isObject, type Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'

export const maxNodes = 500
export const maxDepth = 32
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

interface Pending {
  readonly json: Json
  /** Operators around it. */
  readonly depth: number
}

/** The first thing wrong with the size or the keys, or null. A list of literals counts each of them. */
export function checkShape(source: Json): Issue | null {
  const pending: Pending[] = [{ json: source, depth: 0 }]
  let nodes = 0
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    nodes += 1
    if (nodes > maxNodes) return { pointer: '', code: 'too-many-nodes', params: { limit: maxNodes } }
    if (next.depth > maxDepth) return { pointer: '', code: 'too-deep', params: { limit: maxDepth } }
    const issue = isObject(next.json)
      ? openObject(next.json, next.depth, pending)
      : openList(next.json, next.depth, pending)
    if (issue !== null) return issue
  }
  return null
}

function openObject(object: { readonly [key: string]: Json }, depth: number, pending: Pending[]): Issue | null {
  const keys = Object.keys(object)
  const key = keys[0]
  if (keys.length !== 1 || key === undefined)
    return { pointer: '', code: 'not-an-expression', params: { keys: keys.slice(0, 5) } }
  if (forbidden.has(key)) return { pointer: '', code: 'forbidden-name', params: { name: key } }
  const args = object[key] ?? null
  if (key === 'var') return null
  if (!Array.isArray(args)) pending.push({ json: args, depth: depth + 1 })
  else if (args.length > maxNodes) return { pointer: '', code: 'too-many-nodes', params: { limit: maxNodes } }
  else for (const arg of args) pending.push({ json: arg, depth: depth + 1 })
  return null
}

function openList(json: Json, depth: number, pending: Pending[]): Issue | null {
  if (!Array.isArray(json)) return null
  if (json.length > maxNodes) return { pointer: '', code: 'too-many-nodes', params: { limit: maxNodes } }
  for (const item of json) pending.push({ json: item, depth: depth + 1 })
  return null
}
