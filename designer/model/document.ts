/** A form as the designer edits it: tabs, sections, items, fields and table columns as nodes by id. Plain JSON; every edit makes a new one. */
import type { JsonObject } from '#base/json.ts'

export type NodeType = 'form' | 'fields' | 'layout' | 'tab' | 'section' | 'item' | 'field' | 'column'

export interface DocumentNode {
  readonly id: string
  readonly type: NodeType
  readonly parent: string | null
  /** What the definition says of it, without its children. */
  readonly props: JsonObject
  readonly children: readonly string[]
  /** Of an item: the node of the field that it shows. */
  readonly field?: string
  /** Of a new field: its name still follows its label. */
  readonly auto?: true
}

/** Who published a field: its name and kind are frozen, and a pack's field is not removed here. */
export type Owner = 'pack' | 'workspace'

export interface Origin {
  readonly form: string
  /** The form comes with a pack or the engine: names of additions begin with `x_`. */
  readonly packed: boolean
  /** Node of a published field or column → who published it. */
  readonly owners: Readonly<Record<string, Owner>>
  /** The form itself was never published: its name may still change. */
  readonly fresh: boolean
}

export interface FormDocument {
  readonly nodes: Readonly<Record<string, DocumentNode>>
  /** Number of the next new node. */
  readonly next: number
  readonly origin: Origin
}

/** Three nodes that every document has. */
export const rootId = 'form'
export const fieldsId = 'fields'
export const layoutId = 'layout'

export function nodeOf(document: FormDocument, id: string): DocumentNode | undefined {
  return Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined
}

export function childrenOf(document: FormDocument, id: string): readonly DocumentNode[] {
  return (nodeOf(document, id)?.children ?? []).flatMap((child) => nodeOf(document, child) ?? [])
}

/** The field behind an item, or the field or column itself. */
export function fieldOf(document: FormDocument, id: string): DocumentNode | undefined {
  const node = nodeOf(document, id)
  if (!node) return undefined
  if (node.type === 'field' || node.type === 'column') return node
  return node.field === undefined ? undefined : nodeOf(document, node.field)
}

/** Items that show the field, in the order of the layout. */
export function itemsShowing(document: FormDocument, field: string): readonly DocumentNode[] {
  return layoutItems(document).filter((item) => item.field === field)
}

/** All items, tab by tab. */
export function layoutItems(document: FormDocument): readonly DocumentNode[] {
  return descendantsOf(document, layoutId).filter((node) => node.type === 'item')
}

/** Everything below a node, parents before children. */
export function descendantsOf(document: FormDocument, id: string): readonly DocumentNode[] {
  return childrenOf(document, id).flatMap((child) => [child, ...descendantsOf(document, child.id)])
}

/** True when `id` is `ancestor` or stands below it. */
export function isWithin(document: FormDocument, id: string, ancestor: string): boolean {
  for (let at: string | null | undefined = id; at; at = nodeOf(document, at)?.parent) if (at === ancestor) return true
  return false
}

/** Fields that no item shows. */
export function unplacedFields(document: FormDocument): readonly DocumentNode[] {
  const shown = new Set(layoutItems(document).map((item) => item.field))
  return childrenOf(document, fieldsId).filter((field) => !shown.has(field.id))
}

export function ownerOf(document: FormDocument, id: string): Owner | null {
  const { owners } = document.origin
  return Object.hasOwn(owners, id) ? (owners[id] ?? null) : null
}
