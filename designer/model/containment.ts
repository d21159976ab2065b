/** Who may stand in whom: the same rules for drags, keys, menus and palette. */
import { type DocumentNode, type FormDocument, fieldOf, isWithin, type NodeType, nodeOf } from './document.ts'

const parents: Readonly<Record<NodeType, readonly NodeType[]>> = {
  form: [],
  fields: ['form'],
  layout: ['form'],
  tab: ['layout'],
  section: ['tab'],
  item: ['section'],
  field: ['fields'],
  column: ['field'],
}

/** Kinds that need a record of their own. */
const notInTables: readonly string[] = ['table', 'sequence']

/** True when a node of this type may stand directly in the parent. */
export function mayContain(parent: DocumentNode, child: NodeType): boolean {
  return parents[child].includes(parent.type) && (child !== 'column' || parent.props['type'] === 'table')
}

/** True when a field of this kind may be dropped here: a section, or a table (as a column). */
export function mayTakeKind(parent: DocumentNode, kind: string): boolean {
  if (parent.type === 'section') return true
  return parent.type === 'field' && parent.props['type'] === 'table' && !notInTables.includes(kind)
}

/** True when the node may move into the parent: never into itself, and a column stays in its table. */
export function mayMove(document: FormDocument, id: string, parent: string): boolean {
  const [node, target] = [nodeOf(document, id), nodeOf(document, parent)]
  if (!node || !target || isWithin(document, parent, id)) return false
  if (node.type === 'column') return node.parent === parent
  return node.type !== 'field' && mayContain(target, node.type)
}

/** The table behind an item or field; undefined where there is none. */
export function tableOf(document: FormDocument, id: string): DocumentNode | undefined {
  const field = fieldOf(document, id)
  return field?.type === 'field' && field.props['type'] === 'table' ? field : undefined
}
