/** Lists of texts: unique, tidy, never empty; typed with commas, quoted where a text holds one. */
import type { Json } from '#base/json.ts'
import type { Parsed } from '#definitions/field-kind.ts'
import { accept, isEmpty, refuse } from './answer.ts'
import { parseLine } from './text-value.ts'

/** A list of texts → unique tidy ones in their order; an empty list is empty. */
export function parseTexts(input: unknown): Parsed {
  if (isEmpty(input)) return accept(null)
  if (!Array.isArray(input)) return refuse('wrong-type', { expected: 'list' })
  const texts = new Set<string>()
  for (const [index, entry] of input.entries()) {
    const parsed = parseLine(entry)
    if (!parsed.ok) return refuse(parsed.problem[0]?.code ?? 'wrong-type', { expected: 'text' }, `/${index}`)
    if (typeof parsed.value === 'string') texts.add(parsed.value)
  }
  return accept(texts.size === 0 ? null : [...texts])
}

/** The texts of a canonical value. */
export function textsOf(value: Json): readonly string[] {
  return Array.isArray(value) ? value.filter((entry: Json): entry is string => typeof entry === 'string') : []
}

/** `a, b, "c, d"` */
export function writeTexts(texts: readonly string[]): string {
  return texts.map((text) => (/[,，、;；"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(', ')
}

/** What `writeTexts` writes, and the separators of both languages. */
export function readTexts(typed: string): readonly string[] {
  const parts = typed.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,，、;；\n]*))\s*(?:[,，、;；\n]|$)/g)
  return [...parts]
    .map((part) => (part[1] === undefined ? (part[2] ?? '') : part[1].replaceAll('""', '"')).trim())
    .filter((text) => text !== '')
}
