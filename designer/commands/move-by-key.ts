/** What Alt and an arrow mean: the place next to the node among its siblings, out of its container, or into the next one. */
import { mayContain } from '../model/containment.ts'
import { childrenOf, type DocumentNode, type FormDocument, nodeOf } from '../model/document.ts'
import type { Place } from './place.ts'

export type Direction = 'up' | 'down' | 'out' | 'in'

/** The place for `move`; null where there is none. */
export function placeByKey(document: FormDocument, id: string, direction: Direction): Place | null {
  const node = nodeOf(document, id)
  const parent = nodeOf(document, node?.parent ?? '')
  if (!node || !parent) return null
  const at = parent.children.indexOf(id)
  if (direction === 'up') return at > 0 ? { parent: parent.id, index: at - 1 } : null
  if (direction === 'down') return at < parent.children.length - 1 ? { parent: parent.id, index: at + 1 } : null
  return direction === 'out'
    ? intoSibling(document, node, { parent, step: -1 })
    : intoSibling(document, node, { parent, step: 1 })
}

interface Beside {
  readonly parent: DocumentNode
  readonly step: 1 | -1
}

/**
 * Containers hold only their own kind of children, so out of one means into the one before it, and into means the one after:
 * an item goes to the end of the section before, or to the start of the section after.
 */
function intoSibling(document: FormDocument, node: DocumentNode, { parent, step }: Beside): Place | null {
  const containers = peersOf(document, parent)
  const target = containers[containers.findIndex(({ id }) => id === parent.id) + step]
  if (!target || !mayContain(target, node.type) || node.type === 'column') return null
  return { parent: target.id, index: step < 0 ? target.children.length : 0 }
}

/** All containers of this type, in the order of the layout: sections of all tabs. */
function peersOf(document: FormDocument, container: DocumentNode): readonly DocumentNode[] {
  const grand = container.parent
  if (grand === null || container.type === 'layout') return [container]
  const above = nodeOf(document, grand)
  if (!above) return [container]
  return above.type === 'layout'
    ? childrenOf(document, grand)
    : peersOf(document, above).flatMap((peer) => childrenOf(document, peer.id))
}
