/** Shows a field that stands nowhere in the layout. */
import { type FormDocument, nodeOf } from '../model/document.ts'
import { titleWords, words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { fitInto, type Place } from './place.ts'
import { refuse } from './refusals.ts'

export interface PlaceField {
  readonly field: string
  readonly place: Place
}

export function placeField(document: FormDocument, { field, place }: PlaceField): CommandAnswer {
  const [node, parent] = [nodeOf(document, field), nodeOf(document, place.parent)]
  if (node?.type !== 'field') return refuse('no-such-node')
  if (parent?.type !== 'section') return refuse('not-here')
  const draft = new Draft(document)
  const item = draft.add({ type: 'item', parent: place.parent, props: {}, field }, place.index)
  fitInto(draft, item, node.props['type'] === 'table' ? { ...place, beside: null } : place)
  const [title, section] = [titleWords(document, field), titleWords(document, place.parent)]
  return draft.done({
    command: 'place-field',
    label: words(`Put ${title.en} into ${section.en}`, `将“${title['zh-CN']}”放入“${section['zh-CN']}”`),
    focus: item,
  })
}
