/** Broken invariants of a document: parents and children agree, items show fields that are there, names and types fit. Empty for every whole document. */
import { mayContain } from './containment.ts'
import { type DocumentNode, type FormDocument, nodeOf, rootId } from './document.ts'

export function faultsOf(document: FormDocument): readonly string[] {
  return Object.values(document.nodes).flatMap((node) => [
    ...placeFaults(document, node),
    ...childFaults(document, node),
    ...fieldFaults(document, node),
  ])
}

function placeFaults(document: FormDocument, node: DocumentNode): readonly string[] {
  if (node.parent === null) return node.id === rootId ? [] : [`${node.id} has no parent`]
  const parent = nodeOf(document, node.parent)
  if (!parent) return [`${node.id} stands in ${node.parent}, which is not there`]
  return parent.children.filter((child) => child === node.id).length === 1
    ? []
    : [`${node.parent} does not know ${node.id} once`]
}

function childFaults(document: FormDocument, node: DocumentNode): readonly string[] {
  return node.children.flatMap((id) => {
    const child = nodeOf(document, id)
    if (!child) return [`${node.id} holds ${id}, which is not there`]
    return mayContain(node, child.type) || node.parent === null ? [] : [`${node.id} may not hold ${id}`]
  })
}

function fieldFaults(document: FormDocument, node: DocumentNode): readonly string[] {
  if (node.field === undefined) return []
  return nodeOf(document, node.field)?.type === 'field' ? [] : [`${node.id} shows ${node.field}, which is no field`]
}
