/** Copies an item with its field, a column, a section or a tab: names and ids are new, values start empty. */
import { isObject, type Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import { childrenOf, type DocumentNode, type FormDocument, fieldsId, nodeOf } from '../model/document.ts'
import { freeFieldName, freeLayoutId } from '../model/names.ts'
import { titleWords, words } from '../model/titles.ts'
import { showColumn } from './add-field.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'

export interface Duplicate {
  readonly id: string
}

export function duplicate(document: FormDocument, { id }: Duplicate): CommandAnswer {
  const node = nodeOf(document, id)
  const parent = nodeOf(document, node?.parent ?? '')
  if (!node || !parent || !['item', 'column', 'section', 'tab'].includes(node.type)) return refuse('no-such-node')
  const draft = new Draft(document)
  const copy = copyNode(draft, node, { parent: parent.id, index: parent.children.indexOf(id) + 1 })
  const title = titleWords(document, id)
  return draft.done({
    command: 'duplicate',
    label: words(`Duplicated ${title.en}`, `复制“${title['zh-CN']}”`),
    focus: copy,
  })
}

interface CopyPlace {
  readonly parent: string
  readonly index: number
}

function copyNode(draft: Draft, node: DocumentNode, place: CopyPlace): string {
  if (node.type === 'column') return copyColumn(draft, node, place)
  const field = node.field === undefined ? undefined : copyField(draft, draft.node(node.field))
  const id = node.props['id']
  const props = typeof id === 'string' ? { ...node.props, id: freeLayoutId(draft.document, id) } : node.props
  const copy = draft.add(
    { type: node.type, parent: place.parent, props, ...(field === undefined ? {} : { field }) },
    place.index,
  )
  for (const [index, child] of childrenOf(draft.document, node.id).entries())
    copyNode(draft, child, { parent: copy, index })
  return copy
}

function copyField(draft: Draft, field: DocumentNode): string {
  const props = renamed(draft.document, field, fieldsId)
  const copy = draft.add(
    { type: 'field', parent: fieldsId, props, auto: true },
    draft.node(fieldsId).children.indexOf(field.id) + 1,
  )
  for (const [index, column] of childrenOf(draft.document, field.id).entries())
    draft.add({ type: 'column', parent: copy, props: column.props, auto: true }, index)
  return copy
}

function copyColumn(draft: Draft, column: DocumentNode, place: CopyPlace): string {
  const props = renamed(draft.document, column, place.parent)
  const copy = draft.add({ type: 'column', parent: place.parent, props, auto: true }, place.index)
  showColumn(draft, place.parent, { name: String(props['name']), index: place.index })
  return copy
}

function renamed(document: FormDocument, field: DocumentNode, parent: string) {
  const label = copyLabel(field.props['label'] as Text | undefined)
  return {
    ...field.props,
    name: freeFieldName(document, { parent, kind: String(field.props['type']), label }),
    ...(label === undefined ? {} : { label }),
  }
}

/** `Discount` → `Discount copy`, `折扣` → `折扣 副本`. */
function copyLabel(label: Text | undefined): Text | undefined {
  if (typeof label === 'string') return `${label} copy`
  if (!isObject(label as Json)) return label
  return Object.fromEntries(
    Object.entries(label as Record<string, string>).map(([locale, text]) => [
      locale,
      `${text} ${locale.startsWith('zh') ? '副本' : 'copy'}`,
    ]),
  )
}
