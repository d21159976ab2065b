/** Gives a field that was never published another name; what shows its columns follows. */
import type { Json } from '#base/json.ts'
import { type FormDocument, itemsShowing, nodeOf, ownerOf } from '../model/document.ts'
import { nameFault } from '../model/names.ts'
import { titleWords, words } from '../model/titles.ts'
import { usesOf } from '../model/uses.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'

export interface RenameNewField {
  readonly id: string
  readonly name: string
}

export function renameNewField(document: FormDocument, { id, name }: RenameNewField): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node || (node.type !== 'field' && node.type !== 'column')) return refuse('no-such-node')
  if (ownerOf(document, id)) return refuse('frozen-name')
  const fault = nameFault(document, node, name)
  if (fault) return refuse(`name-${fault}`)
  if (name !== node.props['name'] && usesOf(document, id).length > 0) return refuse('name-used')
  const draft = new Draft(document)
  rename(draft, id, name)
  const { auto: _auto, ...named } = draft.node(id)
  draft.set(named)
  const title = titleWords(document, id)
  return draft.done({
    command: 'rename-new-field',
    label: words(`Named ${title.en} ${name}`, `将“${title['zh-CN']}”命名为 ${name}`),
    focus: id,
    merge: `${id} name`,
  })
}

/** The new name, and the columns of items that listed the old one. */
export function rename(draft: Draft, id: string, name: string): void {
  const node = draft.node(id)
  const old = String(node.props['name'])
  draft.props(id, { name })
  if (node.type !== 'column') return
  for (const item of itemsShowing(draft.document, node.parent ?? '')) {
    for (const list of ['columns', 'totals']) draft.props(item.id, { [list]: replaced(item.props[list], old, name) })
  }
}

function replaced(list: Json | undefined, old: string, name: string): Json | undefined {
  return Array.isArray(list) ? (list as readonly Json[]).map((member) => (member === old ? name : member)) : list
}
