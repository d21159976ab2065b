/** Where a click in the palette puts a new thing: after what is selected, else at the end of the shown tab. */
import type { Place } from '../commands/place.ts'
import { tableOf } from '../model/containment.ts'
import { childrenOf, type FormDocument, nodeOf } from '../model/document.ts'

export interface Standing {
  readonly selected: string | null
  /** The tab that is shown. */
  readonly tab: string
}

/** After the selected item or column, at the end of the selected section, else of the last section of the tab. */
export function insertPlace(document: FormDocument, { selected, tab }: Standing): Place | null {
  const node = nodeOf(document, selected ?? '')
  if ((node?.type === 'item' || node?.type === 'column') && node.parent !== null)
    return { parent: node.parent, index: indexOf(document, node.parent, node.id) + 1 }
  if (node?.type === 'section') return { parent: node.id, index: node.children.length }
  const section = childrenOf(document, node?.type === 'tab' ? node.id : tab).at(-1)
  return section ? { parent: section.id, index: section.children.length } : null
}

/** A column's neighbour may be no column: a table asked into a table goes below it instead. */
export function sectionPlace(document: FormDocument, place: Place): Place {
  const parent = nodeOf(document, place.parent)
  if (parent?.type !== 'field') return place
  const item = Object.values(document.nodes).find(
    (one) => one.type === 'item' && tableOf(document, one.id)?.id === parent.id,
  )
  return item?.parent ? { parent: item.parent, index: indexOf(document, item.parent, item.id) + 1 } : place
}

function indexOf(document: FormDocument, parent: string, id: string): number {
  return nodeOf(document, parent)?.children.indexOf(id) ?? -1
}
