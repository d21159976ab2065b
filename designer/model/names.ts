/** Names of new things: made from labels, unique among their siblings, `x_` in front where the form belongs to a pack. */
import { isName, reservedFields } from '#base/names.ts'
import type { Text } from '#base/text.ts'
import { childrenOf, type DocumentNode, descendantsOf, type FormDocument, fieldsId, layoutId } from './document.ts'

export const workspacePrefix = 'x_'
const longest = 40

/** `Crédit limit (new)` → `credit_limit_new`; empty where no Latin letter stands in it. */
export function slugOf(label: Text | undefined): string {
  const text = typeof label === 'string' ? label : (label?.['en'] ?? '')
  const ascii = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  return ascii
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
}

export interface NameWish {
  readonly parent: string
  readonly kind: string
  readonly label?: Text | undefined
  /** The node that will carry the name: its present one is free. */
  readonly self?: string
}

/** The name of a new field or column: from its label, else `kind_n`. */
export function freeFieldName(document: FormDocument, wish: NameWish): string {
  const prefix = document.origin.packed ? workspacePrefix : ''
  const taken = takenNames(document, wish.parent, wish.self)
  const slug = slugOf(wish.label)
  if (slug !== '') return firstFree(`${prefix}${slug}`, taken)
  return firstNumbered(`${prefix}${wish.kind}`, taken, 1)
}

/** Names that a child of the parent may not have. */
export function takenNames(document: FormDocument, parent: string, self?: string): ReadonlySet<string> {
  const siblings = childrenOf(document, parent)
    .filter((node) => node.id !== self)
    .map((node) => String(node.props['name']))
  return new Set([...siblings, ...reservedFields])
}

/** `main` → `main_2` where tabs, sections and items have it already. */
export function freeLayoutId(document: FormDocument, wanted: string): string {
  return firstFree(
    wanted,
    new Set(descendantsOf(document, layoutId).map((node: DocumentNode) => String(node.props['id'] ?? ''))),
  )
}

/** Why the name cannot be given; null when it can. */
export function nameFault(
  document: FormDocument,
  node: DocumentNode,
  name: string,
): 'shape' | 'prefix' | 'taken' | null {
  if (!isName(name)) return 'shape'
  if (document.origin.packed && !name.startsWith(workspacePrefix)) return 'prefix'
  return takenNames(document, node.parent ?? fieldsId, node.id).has(name) ? 'taken' : null
}

function firstFree(wanted: string, taken: ReadonlySet<string>): string {
  const short = wanted.slice(0, longest).replace(/_+$/, '')
  return isName(short) && !taken.has(short) ? short : firstNumbered(short, taken, 2)
}

function firstNumbered(stem: string, taken: ReadonlySet<string>, from: number): string {
  for (let number = from; ; number += 1) {
    const end = `_${number}`
    const name = `${stem.slice(0, longest - end.length)}${end}`
    if (!taken.has(name)) return name
  }
}
