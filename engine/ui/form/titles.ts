/** Titles of linked records as they came with records and pickers; a link is shown by title and stored by id. */
import { signal } from '@preact/signals-core'
import { isObject, type Json } from '#base/json.ts'

const known = new Map<string, string>()
/** Grows when a title becomes known. */
export const titlesVersion = signal(0)

export function rememberTitle(id: string, title: string): void {
  if (known.get(id) === title) return
  known.set(id, title)
  announce()
}

let announced = false

/** Once per turn, and never in the middle of a rendering. */
function announce(): void {
  if (announced) return
  announced = true
  queueMicrotask(() => {
    announced = false
    titlesVersion.value += 1
  })
}

export function titleOf(id: string): string | undefined {
  return known.get(id)
}

/** Notes every `{id, title}` in a value, and gives the value with plain ids: `form/id` for a link to any of several forms. */
export function withPlainLinks(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map((item) => withPlainLinks(item as Json))
  if (!isObject(value)) return value ?? null
  if (typeof value['id'] === 'string' && 'title' in value && !('position' in value)) {
    const reference = typeof value['form'] === 'string' ? `${value['form']}/${value['id']}` : value['id']
    if (typeof value['title'] === 'string') rememberTitle(reference, value['title'])
    if (isReference(value)) return reference
  }
  return value
}

/** A link and nothing else; a table row with a field called `title` has more to it. */
function isReference(value: { readonly [key: string]: Json }): boolean {
  return Object.keys(value).every((name) => ['id', 'title', 'form', 'parent'].includes(name))
}
