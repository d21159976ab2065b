/** Fills fields once from the record that a link was set to: empty ones only, unless the link says always; a link so filled does the same. */
import { isEmpty } from '#expressions/judge.ts'
import { splitKey } from './cell-key.ts'
import type { FormStore } from './form-store.ts'
import type { LinkedRecords } from './linked-records.ts'

export async function copyFromLink(store: FormStore, key: string, linked: LinkedRecords): Promise<void> {
  const program = store.fieldAt(key)
  const id = store.wire(key)
  if (program?.field.type.is !== 'record' || typeof id !== 'string') return
  const { form } = program.field.type
  const always = program.field.definition['copy_mode'] === 'always'
  const at = splitKey(key)
  const before = new Map(program.copies.map(({ to }) => [to, JSON.stringify(store.wire(siblingOf(at, to)))]))
  const values = await Promise.all(
    program.copies.map(async ({ to, path }) => ({ to, value: await linked.value(form, id, path) })),
  )
  if (store.wire(key) !== id) return
  for (const { to, value } of values) {
    const target = siblingOf(at, to)
    const untouched = before.get(to) === JSON.stringify(store.wire(target))
    if (!untouched || !(always || isEmpty(store.wire(target)) || isDefault(store, target))) continue
    store.set(target, value)
    if (value !== null && store.fieldAt(target)?.copies.length) await copyFromLink(store, target, linked)
  }
}

/** On a new record a default may give way to what the linked record says. */
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
