/** Adds a tab with an empty section. */
import { type FormDocument, layoutId } from '../model/document.ts'
import { freeLayoutId } from '../model/names.ts'
import { words } from '../model/titles.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'

export interface AddTab {
  readonly index: number
}

export const newTabLabel = words('New tab', '新页签')

export function addTab(document: FormDocument, { index }: AddTab): CommandAnswer {
  const draft = new Draft(document)
  const tab = draft.add(
    { type: 'tab', parent: layoutId, props: { id: freeLayoutId(document, 'tab'), label: newTabLabel } },
    index,
  )
  draft.add({ type: 'section', parent: tab, props: { id: freeLayoutId(draft.document, 'section'), columns: 2 } }, 0)
  return draft.done({ command: 'add-tab', label: words('Added a tab', '添加页签'), focus: tab })
}
