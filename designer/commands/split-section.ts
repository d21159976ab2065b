/** This item and all that follow go to a new section. */
import { type FormDocument, nodeOf } from '../model/document.ts'
import { freeLayoutId } from '../model/names.ts'
import { titleWords, words } from '../model/titles.ts'
import { newSectionLabel } from './add-section.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'

export interface SplitSection {
  readonly id: string
}

export function splitSection(document: FormDocument, { id }: SplitSection): CommandAnswer {
  const section = nodeOf(document, nodeOf(document, id)?.parent ?? '')
  const tab = nodeOf(document, section?.parent ?? '')
  if (section?.type !== 'section' || !tab) return refuse('not-here')
  const following = section.children.slice(section.children.indexOf(id))
  if (following.length === section.children.length) return refuse('at-the-end')
  const draft = new Draft(document)
  const columns = section.props['columns']
  const props = {
    id: freeLayoutId(document, 'section'),
    label: newSectionLabel,
    ...(columns === undefined ? {} : { columns }),
  }
  const made = draft.add({ type: 'section', parent: tab.id, props }, tab.children.indexOf(section.id) + 1)
  for (const [index, item] of following.entries()) draft.move(item, made, index)
  const title = titleWords(document, id)
  return draft.done({
    command: 'split-section',
    label: words(`New section from ${title.en} on`, `从“${title['zh-CN']}”起新建分区`),
    focus: made,
  })
}
