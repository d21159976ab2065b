/**
 * Fills fields once from the record that a link was set to: those that are empty or hold what the link gave before,
 * all of them when the link says always; a link so filled does the same.
 */
import type { Json } from '#base/json.ts'
import { isEmpty } from '#expressions/judge.ts'
import { splitKey } from './cell-key.ts'
import type { FormStore } from './form-store.ts'
import type { LinkedRecords } from './linked-records.ts'

/** Key of a cell → what was copied into it, as text. */
const copied = new WeakMap<FormStore, Map<string, string>>()

export interface CopyLink {
  readonly key: string
  /** What the link was before: a wrong pick takes its copies along. */
  readonly before: Json
}

export async function copyFromLink(store: FormStore, link: CopyLink, linked: LinkedRecords): Promise<void> {
  const { key } = link
  const program = store.fieldAt(key)
  const id = store.wire(key)
  if (program?.field.type.is !== 'record' || typeof id !== 'string') return
  const { form } = program.field.type
  const always = program.field.definition['copy_mode'] === 'always'
  const at = splitKey(key)
  const seen = new Map(program.copies.map(({ to }) => [to, textOf(store, siblingOf(at, to))]))
  const values = await Promise.all(
    program.copies.map(async ({ to, path }) => {
      const value = await linked.value(form, id, path)
      const old = typeof link.before === 'string' ? await linked.value(form, link.before, path) : null
      return { to, value, old: JSON.stringify(old) }
    }),
  )
  if (store.wire(key) !== id) return
  for (const { to, value, old } of values) {
    const target = siblingOf(at, to)
    const text = textOf(store, target)
    const given = link.before !== null && (text === old || text === copied.get(store)?.get(target))
    const open = always || given || isEmpty(store.wire(target)) || (isDefault(store, target) && !isEmpty(value))
    if (seen.get(to) !== text || !open || !store.isWritable(target)) continue
    const before = store.wire(target)
    store.set(target, value)
    remember(store, target)
    if (value !== null && store.fieldAt(target)?.copies.length)
      await copyFromLink(store, { key: target, before }, linked)
  }
}

function remember(store: FormStore, key: string): void {
  const known = copied.get(store) ?? new Map<string, string>()
  known.set(key, textOf(store, key))
  copied.set(store, known)
}

function textOf(store: FormStore, key: string): string {
  return JSON.stringify(store.wire(key))
}

/** On a new record a default may give way to what the linked record says, but never to nothing. */
function isDefault(store: FormStore, key: string): boolean {
  return (
    !store.isChanged(key) &&
    (store.options.fresh || key.includes('/new-')) &&
    store.fieldAt(key)?.field.definition.default !== undefined
  )
}

function siblingOf(at: ReturnType<typeof splitKey>, to: string): string {
  return 'row' in at ? `${at.table}/${at.row}/${to}` : to
}
