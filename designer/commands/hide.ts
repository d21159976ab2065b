/** Hides an item, or everything in a section or tab, from the layout: the fields and their data stay. */
import { type DocumentNode, type FormDocument, nodeOf } from '../model/document.ts'
import { titleWords, words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { neighbourOf } from './neighbour.ts'
import { refuse } from './refusals.ts'

export interface Hide {
  readonly id: string
}

export function hide(document: FormDocument, { id }: Hide): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  const refusal = refusalOf(document, node)
  if (refusal) return refusal
  const draft = new Draft(document)
  const focus = neighbourOf(document, id)
  draft.remove(id)
  const title = titleWords(document, id)
  return draft.done({
    command: 'hide',
    label: words(`Hid ${title.en} from the layout`, `从布局中隐藏“${title['zh-CN']}”`),
    focus,
  })
}

function refusalOf(document: FormDocument, node: DocumentNode): CommandAnswer | null {
  const alone = nodeOf(document, node.parent ?? '')?.children.length === 1
  if (node.type === 'tab') return alone ? refuse('last-tab') : null
  if (node.type === 'section') return alone ? refuse('last-section') : null
  return node.type === 'item' ? null : refuse('not-here')
}
