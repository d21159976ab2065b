/** Sets or takes away one property of a field, item, section, tab or the form. */
import { type FormDocument, type NodeType, nodeOf } from '../model/document.ts'
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

/** What parts of the layout have; a field takes what its kind has. */
const open: Readonly<Record<Exclude<NodeType, 'field' | 'column'>, readonly string[]>> = {
  form: ['icon', 'label', 'plural', 'title'],
  fields: [],
  layout: ['as'],
  tab: ['label'],
  section: ['label', 'columns'],
  item: ['span', 'as', 'text', 'columns', 'totals'],
}
/** Changed only by commands of their own. */
const fixedOfFields: readonly string[] = ['name', 'type', 'fields']

export function setProperty(document: FormDocument, { id, name, value }: SetProperty): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  if (!isOpen(node.type, name)) return refuse('fixed-property')
  const draft = new Draft(document)
  draft.props(id, { [name]: value })
  if (node.type === 'section' && name === 'columns') narrowItems(draft, id, Number(value ?? 1))
  const title = titleWords(document, id)
  return draft.done({
    command: 'set-property',
    label: words(`Changed ${title.en}: ${name}`, `修改“${title['zh-CN']}”：${name}`),
    focus: id,
    merge: `${id} ${name}`,
  })
}

function isOpen(type: NodeType, name: string): boolean {
  return type === 'field' || type === 'column' ? !fixedOfFields.includes(name) : open[type].includes(name)
}

/** No item stays wider than its section. */
function narrowItems(draft: Draft, section: string, columns: number): void {
  for (const item of draft.node(section).children) {
    const span = draft.node(item).props['span']
    if (typeof span === 'number' && span > columns) draft.props(item, { span: columns > 1 ? columns : undefined })
  }
}
