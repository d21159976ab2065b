/** Where a name is read inside the form: formulas, rules, checks, titles, copies. Careful rather than exact: any text with it as a part counts. */
import { isObject, type Json } from '#base/json.ts'
import { type DocumentNode, type FormDocument, nodeOf } from './document.ts'

/** Words for people, and what is rewritten together with the name. */
const passed: ReadonlySet<string> = new Set([
  'label',
  'plural',
  'help',
  'message',
  'description',
  'text',
  'name',
  'type',
  'kind',
  'options',
  'id',
  'icon',
  'columns',
  'totals',
  'pattern',
])

/** Nodes that read the name of the field or column. */
export function usesOf(document: FormDocument, id: string): readonly DocumentNode[] {
  const name = String(nodeOf(document, id)?.props['name'] ?? '')
  return Object.values(document.nodes).filter((node) => node.id !== id && mentions(node.props, name))
}

function mentions(value: Json | undefined, name: string): boolean {
  if (typeof value === 'string') return value.split(/[.\s{}]/).includes(name)
  if (Array.isArray(value)) return value.some((member: Json) => mentions(member, name))
  return (
    isObject(value) &&
    Object.entries(value).some(([key, member]) => !passed.has(key) && (key === name || mentions(member, name)))
  )
}
