/** Sets or takes away one property of a field, item, section, tab or the form. */
import { type FormDocument, nodeOf, type NodeType } from '../model/document.ts'
import { titleWords, words } from '../model/titles.ts'
import type { CommandAnswer, PropertyValue } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'

export interface SetProperty {
  readonly id: string
  readonly name: string
  /** Absent: back to what it is without the property. */
  readonly value?: PropertyValue
}

/** Changed only by commands of their own. */
const fixed: Readonly<Record<NodeType, readonly string[]>> = {
  form: ['kind', 'name', 'fields', 'layout'], fields: [], layout: ['tabs'], tab: ['id', 'sections'], section: ['id', 'items'], item: ['id', 'field'],
  field: ['name', 'type', 'fields'], column: ['name', 'type', 'fields'],
}

export function setProperty(document: FormDocument, { id, name, value }: SetProperty): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  if (fixed[node.type].includes(name)) return refuse('fixed-property')
  const draft = new Draft(document)
  draft.props(id, { [name]: value })
  if (node.type === 'section' && name === 'columns') narrowItems(draft, id, Number(value ?? 1))
  const title = titleWords(document, id)
  return draft.done({
    command: 'set-property', label: words(`Changed ${title.en}: ${name}`, `修改“${title['zh-CN']}”：${name}`), focus: id, merge: `${id} ${name}`,
  })
}

/** No item stays wider than its section. */
function narrowItems(draft: Draft, section: string, columns: number): void {
  for (const item of draft.node(section).children) {
    const span = draft.node(item).props['span']
    if (typeof span === 'number' && span > columns) draft.props(item, { span: columns > 1 ? columns : undefined })
  }
}
