/** Adds an empty section to a tab. */
import { type FormDocument, nodeOf } from '../model/document.ts'
import { freeLayoutId } from '../model/names.ts'
import { words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'

export interface AddSection {
  readonly tab: string
  readonly index: number
}

export const newSectionLabel = words('New section', '新分区')

export function addSection(document: FormDocument, { tab, index }: AddSection): CommandAnswer {
  if (nodeOf(document, tab)?.type !== 'tab') return refuse('not-here')
  const draft = new Draft(document)
  const props = { id: freeLayoutId(document, 'section'), label: newSectionLabel, columns: 2 }
  const section = draft.add({ type: 'section', parent: tab, props }, index)
  return draft.done({ command: 'add-section', label: words('Added a section', '添加分区'), focus: section })
}
