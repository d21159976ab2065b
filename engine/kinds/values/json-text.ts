/** Values without a written form of their own, in spreadsheets: their JSON. */
import type { Parsed } from '#definitions/field-kind.ts'
import { accept, refuse } from './answer.ts'

const longest = 200_000

/** JSON text → parsed by `parse`; empty text is empty. */
export function parseJsonText(text: string, parse: (input: unknown) => Parsed): Parsed {
  const typed = text.trim()
  if (typed === '') return accept(null)
  if (typed.length > longest) return refuse('too-large', { max: longest })
  const json = readJson(typed)
  return json === undefined ? refuse('not-json') : parse(json)
}

/** The value of JSON text, or undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
