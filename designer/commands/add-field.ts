/** Adds a new field of a kind and shows it at a place; into a table it becomes a column. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { FieldKind } from '#definitions/field-kind.ts'
import { mayTakeKind } from '../model/containment.ts'
import { childrenOf, type DocumentNode, type FormDocument, fieldsId, itemsShowing, nodeOf } from '../model/document.ts'
import { freeFieldName } from '../model/names.ts'
import { titleWords, words } from '../model/titles.ts'
import type { CommandAnswer, CommandContext } from './change.ts'
import { Draft } from './draft.ts'
import { fitInto, type Place } from './place.ts'
import { refuse } from './refusals.ts'

export interface AddField {
  readonly kind: string
  readonly place: Place
}

export function addField(
  document: FormDocument,
  { kind: name, place }: AddField,
  { kinds }: CommandContext,
): CommandAnswer {
  const kind = kinds.get(name)
  const parent = nodeOf(document, place.parent)
  if (!kind) return refuse('unknown-kind')
  if (!parent || !mayTakeKind(parent, name)) return refuse('not-here')
  return parent.type === 'section'
    ? toSection(document, kind, place)
    : toTable(document, kind, { table: parent, index: place.index })
}

function toSection(document: FormDocument, kind: FieldKind, place: Place): CommandAnswer {
  const draft = new Draft(document)
  const props = newFieldProps(document, kind, fieldsId)
  const field = draft.add({ type: 'field', parent: fieldsId, props, auto: true }, childrenOf(document, fieldsId).length)
  if (kind.name === 'table') addFirstColumn(draft, field)
  const item = draft.add({ type: 'item', parent: place.parent, props: {}, field }, place.index)
  fitInto(draft, item, kind.name === 'table' ? { ...place, beside: null } : place)
  return draft.done({ command: 'add-field', label: addedLabel(draft.document, item), focus: item })
}

/** The column also joins the columns that the layout shows. */
function toTable(
  document: FormDocument,
  kind: FieldKind,
  at: { readonly table: DocumentNode; readonly index: number },
): CommandAnswer {
  const draft = new Draft(document)
  const props = newFieldProps(document, kind, at.table.id)
  const column = draft.add({ type: 'column', parent: at.table.id, props, auto: true }, at.index)
  showColumn(draft, at.table.id, { name: String(props['name']), index: at.index })
  return draft.done({ command: 'add-field', label: addedLabel(draft.document, column), focus: column })
}

export function showColumn(
  draft: Draft,
  table: string,
  column: { readonly name: string; readonly index: number },
): void {
  for (const item of itemsShowing(draft.document, table)) {
    const shown = item.props['columns']
    if (!Array.isArray(shown)) continue
    const at = Math.min(column.index, shown.length)
    draft.props(item.id, {
      columns: [...(shown as readonly Json[]).slice(0, at), column.name, ...(shown as readonly Json[]).slice(at)],
    })
  }
}

/** A table without columns is not a table. */
function addFirstColumn(draft: Draft, table: string): void {
  draft.add(
    { type: 'column', parent: table, props: { name: 'name', type: 'text', label: words('Name', '名称') }, auto: true },
    0,
  )
}

function newFieldProps(document: FormDocument, kind: FieldKind, parent: string): JsonObject {
  const required = kind.options.filter((option) => option.required && option.name !== 'fields')
  const options = required.map((option): [string, Json] => [option.name, firstValue(option.name, option.default)])
  return {
    name: freeFieldName(document, { parent, kind: kind.name }),
    type: kind.name,
    label: kind.label as Text,
    ...Object.fromEntries(options),
  }
}

/** What an option that must be there begins with. */
function firstValue(option: string, fallback: Json | undefined): Json {
  if (fallback !== undefined) return fallback
  if (option === 'options')
    return [
      { value: 'a', label: words('Option A', '选项 A') },
      { value: 'b', label: words('Option B', '选项 B') },
    ]
  if (option === 'pattern') return '{#####}'
  return option === 'to' ? 'user' : ''
}

function addedLabel(document: FormDocument, id: string) {
  const title = titleWords(document, id)
  return words(`Added ${title.en}`, `添加“${title['zh-CN']}”`)
}
