/** Removes a field from the form (published data stays as a tombstone), a column from its table, or a text, section or tab. */
import type { Json } from '#base/json.ts'
import { type DocumentNode, type FormDocument, fieldOf, itemsShowing, nodeOf, ownerOf } from '../model/document.ts'
import { titleWords, words } from '../model/titles.ts'
import { usesOf } from '../model/uses.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { hide } from './hide.ts'
import { neighbourOf } from './neighbour.ts'
import { refuse } from './refusals.ts'

export interface Remove {
  readonly id: string
}

export function remove(document: FormDocument, { id }: Remove): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  const field = fieldOf(document, id)
  if (!field) return hide(document, { id })
  if (ownerOf(document, field.id) === 'pack') return refuse('pack-field')
  if (usesOf(document, field.id).some((reader) => !belongsTo(reader, field))) return refuse('field-is-read')
  return field.type === 'column' ? removeColumn(document, field) : removeField(document, field, node)
}

function removeField(document: FormDocument, field: DocumentNode, from: DocumentNode): CommandAnswer {
  const draft = new Draft(document)
  const focus = neighbourOf(document, from.id)
  for (const item of itemsShowing(document, field.id)) draft.remove(item.id)
  draft.remove(field.id)
  return draft.done({ command: 'remove', label: removed(document, field.id), focus })
}

function removeColumn(document: FormDocument, column: DocumentNode): CommandAnswer {
  const table = nodeOf(document, column.parent ?? '')
  if (!table) return refuse('no-such-node')
  if (table.children.length === 1) return refuse('last-column')
  const draft = new Draft(document)
  const name = String(column.props['name'])
  for (const item of itemsShowing(document, table.id)) {
    for (const list of ['columns', 'totals']) draft.props(item.id, { [list]: without(item.props[list], name) })
  }
  draft.remove(column.id)
  return draft.done({ command: 'remove', label: removed(document, column.id), focus: neighbourOf(document, column.id) })
}

/** An empty list of columns would hide all: it goes, and all are shown. */
function without(list: Json | undefined, name: string): Json | undefined {
  if (!Array.isArray(list)) return list
  const rest = (list as readonly Json[]).filter((member) => member !== name)
  return rest.length > 0 ? rest : undefined
}

/** Its own columns and itself do not keep a field. */
function belongsTo(reader: DocumentNode, field: DocumentNode): boolean {
  return reader.id === field.id || reader.parent === field.id
}

function removed(document: FormDocument, id: string) {
  const title = titleWords(document, id)
  return words(`Removed ${title.en}`, `移除“${title['zh-CN']}”`)
}
