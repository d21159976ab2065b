/** Adds a line of explanation to a section. */
import { type FormDocument, nodeOf } from '../model/document.ts'
import { freeLayoutId } from '../model/names.ts'
import { words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { fitInto, type Place } from './place.ts'
import { refuse } from './refusals.ts'

export interface AddText {
  readonly place: Place
}

export function addText(document: FormDocument, { place }: AddText): CommandAnswer {
  if (nodeOf(document, place.parent)?.type !== 'section') return refuse('not-here')
  const draft = new Draft(document)
  const props = { id: freeLayoutId(document, 'hint'), text: words('A line of explanation', '一行说明') }
  const item = draft.add({ type: 'item', parent: place.parent, props }, place.index)
  fitInto(draft, item, { ...place, beside: place.beside ?? null })
  return draft.done({ command: 'add-text', label: words('Added an explanation', '添加说明'), focus: item })
}
