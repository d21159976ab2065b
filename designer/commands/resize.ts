/** Gives an item another width, in columns of its section. */
import { type FormDocument, nodeOf } from '../model/document.ts'
import { titleWords, words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { columnsOf, setSpan } from './place.ts'
import { refuse } from './refusals.ts'

export interface Resize {
  readonly id: string
  readonly span: number
}

export function resize(document: FormDocument, { id, span }: Resize): CommandAnswer {
  const node = nodeOf(document, id)
  if (node?.type !== 'item' || node.parent === null) return refuse('no-such-node')
  const draft = new Draft(document)
  const width = Math.max(1, Math.min(Math.round(span), columnsOf(document, node.parent)))
  setSpan(draft, id, width)
  const title = titleWords(document, id)
  return draft.done({
    command: 'resize',
    label: words(`Made ${title.en} ${width} wide`, `将“${title['zh-CN']}”调为 ${width} 列宽`),
    focus: id,
    merge: `${id} span`,
  })
}
