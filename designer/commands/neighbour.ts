/** Where the focus goes when a node goes: the next of its siblings, the one before, else the parent. */
import { type FormDocument, nodeOf } from '../model/document.ts'

export function neighbourOf(document: FormDocument, id: string): string | null {
  const parent = nodeOf(document, nodeOf(document, id)?.parent ?? '')
  if (!parent) return null
  const at = parent.children.indexOf(id)
  return parent.children[at + 1] ?? parent.children[at - 1] ?? parent.id
}
