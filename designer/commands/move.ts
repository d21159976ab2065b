/** Moves an item, section, tab or column; never data. */
import type { Json } from '#base/json.ts'
import { mayMove } from '../model/containment.ts'
import { type DocumentNode, type FormDocument, itemsShowing, nodeOf } from '../model/document.ts'
import { titleWords, type Words, words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { fitInto, type Place } from './place.ts'
import { refuse } from './refusals.ts'

export interface Move {
  readonly id: string
  /** `index` counts without the node that moves. */
  readonly place: Place
}

export function move(document: FormDocument, { id, place }: Move): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  if (!mayMove(document, id, place.parent)) return refuse('not-here')
  const draft = new Draft(document)
  draft.move(id, place.parent, place.index)
  if (node.type === 'item' && !staysInPlace(document, node, place)) fitInto(draft, id, place)
  if (node.type === 'column') orderShownColumns(draft, node)
  return draft.done({ command: 'move', label: moved(document, node, place.parent), focus: id })
}

/** Dropped where it was: not a change. */
function staysInPlace(document: FormDocument, node: DocumentNode, place: Place): boolean {
  return (
    node.parent === place.parent &&
    nodeOf(document, place.parent)?.children.indexOf(node.id) === place.index &&
    place.beside !== null
  )
}

/** What the layout shows of a table follows the order of its columns. */
function orderShownColumns(draft: Draft, column: DocumentNode): void {
  const table = draft.node(column.parent ?? '')
  const order = table.children.map((id) => String(draft.node(id).props['name']))
  for (const item of itemsShowing(draft.document, table.id)) {
    const shown = item.props['columns']
    if (Array.isArray(shown))
      draft.props(item.id, {
        columns: [...(shown as readonly Json[])].sort((a, b) => order.indexOf(String(a)) - order.indexOf(String(b))),
      })
  }
}

function moved(document: FormDocument, node: DocumentNode, parent: string): Words {
  const [title, target] = [titleWords(document, node.id), titleWords(document, parent)]
  if (node.parent === parent) return words(`Moved ${title.en}`, `移动“${title['zh-CN']}”`)
  return words(`Moved ${title.en} to ${target.en}`, `将“${title['zh-CN']}”移到“${target['zh-CN']}”`)
}
