/** Values of a query string: lists by comma, numbers, JSON. What does not parse is a malformed query. */
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { parseBoundedJson } from './bounded-json.ts'

export function words(text: string | undefined): readonly string[] | undefined {
  return text === undefined || text === '' ? undefined : text.split(',').map((word) => word.trim())
}

export function wholeNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text))
    throw new Refusal('query-invalid', {
      issues: [{ pointer: `/${name}`, code: 'wrong-type', params: { expected: 'integer' } }],
    })
  return Number(text)
}

export function jsonOf(text: string | undefined, name: string): Json | undefined {
  if (text === undefined) return undefined
  try {
    return parseBoundedJson(text) as Json
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal('query-invalid', {
      issues: (error.problem.issues ?? []).map((issue) => ({ ...issue, pointer: `/${name}${issue.pointer}` })),
    })
  }
}

/** A JSON list in a query string. */
export function jsonList(text: string | undefined, name: string): readonly Json[] | undefined {
  const value = jsonOf(text, name)
  if (value === undefined || Array.isArray(value)) return value as readonly Json[] | undefined
  throw new Refusal('query-invalid', {
    issues: [{ pointer: `/${name}`, code: 'wrong-type', params: { expected: 'list' } }],
  })
}

/** Leaves out what is undefined, as exact optional properties want it. */
export function given<T extends Readonly<Record<string, unknown>>>(
  values: T,
): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]: Exclude<T[K], undefined>
  }
}
