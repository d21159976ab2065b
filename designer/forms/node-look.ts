/** Icons and words of nodes and of the parts that are no fields. */
import type { FieldKinds } from '#definitions/field-kind.ts'
import { type FormDocument, fieldOf, type NodeType, nodeOf } from '../model/document.ts'
import type { Say } from '../strings/use-words.ts'

export type Part = 'new-section' | 'new-tab' | 'new-text'

const icons: Readonly<Record<NodeType, string>> = {
  form: 'forms',
  fields: 'list',
  layout: 'layout-grid',
  tab: 'folder',
  section: 'layout-rows',
  item: 'text-caption',
  field: 'forms',
  column: 'columns-3',
}

export function iconOfNode(document: FormDocument, id: string, kinds: FieldKinds): string {
  const field = fieldOf(document, id)
  if (field) return kinds.get(String(field.props['type']))?.icon ?? 'forms'
  const node = nodeOf(document, id)
  return node?.type === 'form' ? String(node.props['icon'] ?? icons.form) : icons[node?.type ?? 'item']
}

export function lookOfPart(part: Part, say: Say): { readonly icon: string; readonly label: string } {
  if (part === 'new-section') return { icon: 'layout-rows', label: say('part_section') }
  return part === 'new-tab'
    ? { icon: 'folder', label: say('part_tab') }
    : { icon: 'text-caption', label: say('part_text') }
}
