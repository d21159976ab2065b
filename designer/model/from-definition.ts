/** A form definition → document. Law: `toDefinition(fromDefinition(d)) = d`. The ids are the same for the same definition. */
import type { Json, JsonObject } from '#base/json.ts'
import type { FieldDefinition, FormDefinition, LayoutItem, LayoutSection, LayoutTab } from '#definitions/definition.ts'
import { implicitLayout } from '#definitions/implicit-layout.ts'
import {
  type DocumentNode,
  type FormDocument,
  fieldsId,
  layoutId,
  type Origin,
  type Owner,
  rootId,
} from './document.ts'

export interface Provenance {
  readonly packed: boolean
  readonly fresh?: boolean
  /** `name`, or `lines/price` for a column: who published it; null for an addition of this draft. */
  owner(path: string): Owner | null
}

const draft: Provenance = { packed: false, fresh: true, owner: () => null }

export function fromDefinition(definition: FormDefinition, from: Provenance = draft): FormDocument {
  const { fields, layout, ...rest } = definition
  const { tabs, ...around } = layout ?? { ...implicitLayout(definition), implicit: true }
  const making: Making = { nodes: {}, owners: {}, names: new Map(), next: 1, from }
  put(making, { id: rootId, type: 'form', parent: null, props: plain(rest), children: [fieldsId, layoutId] })
  const fieldIds = fields.map((field) => addField(making, field))
  put(making, { id: fieldsId, type: 'fields', parent: rootId, props: {}, children: fieldIds })
  const tabIds = (tabs ?? []).map((tab) => addTab(making, tab))
  const bare: JsonObject = layout && tabs === undefined ? { tabless: true } : {}
  put(making, { id: layoutId, type: 'layout', parent: rootId, props: { ...plain(around), ...bare }, children: tabIds })
  const origin: Origin = {
    form: definition.name,
    packed: from.packed,
    owners: making.owners,
    fresh: from.fresh === true,
  }
  return { nodes: making.nodes, next: making.next, origin }
}

interface Making {
  readonly nodes: Record<string, DocumentNode>
  readonly owners: Record<string, Owner>
  /** Field name → node. */
  readonly names: Map<string, string>
  next: number
  readonly from: Provenance
}

function addField(making: Making, { fields, ...rest }: FieldDefinition): string {
  const id = newId(making, 'f')
  const columns = (fields ?? []).map((column) => addColumn(making, column, { id, name: rest.name }))
  put(making, { id, type: 'field', parent: fieldsId, props: plain(rest), children: columns })
  noteOwner(making, id, rest.name)
  if (!making.names.has(rest.name)) making.names.set(rest.name, id)
  return id
}

/** A column holds no table, so what it has besides stays in its props. */
function addColumn(
  making: Making,
  column: FieldDefinition,
  table: { readonly id: string; readonly name: string },
): string {
  const id = newId(making, 'c')
  put(making, { id, type: 'column', parent: table.id, props: plain(column), children: [] })
  noteOwner(making, id, `${table.name}/${column.name}`)
  return id
}

function addTab(making: Making, { sections, ...rest }: LayoutTab): string {
  const id = newId(making, 't')
  put(making, {
    id,
    type: 'tab',
    parent: layoutId,
    props: plain(rest),
    children: sections.map((section) => addSection(making, section, id)),
  })
  return id
}

function addSection(making: Making, { items, ...rest }: LayoutSection, tab: string): string {
  const id = newId(making, 's')
  put(making, {
    id,
    type: 'section',
    parent: tab,
    props: plain(rest),
    children: items.map((item) => addItem(making, item, id)),
  })
  return id
}

/** An item that names no field of the form keeps the name as it is. */
function addItem(making: Making, item: LayoutItem, section: string): string {
  const id = newId(making, 'i')
  const { field, ...rest } = item
  const shown = field === undefined ? undefined : making.names.get(field)
  const node = {
    id,
    type: 'item',
    parent: section,
    props: plain(shown === undefined ? item : rest),
    children: [],
  } as const
  put(making, shown === undefined ? node : { ...node, field: shown })
  return id
}

function put(making: Making, node: DocumentNode): void {
  making.nodes[node.id] = node
}

function newId(making: Making, letter: string): string {
  const id = `${letter}${making.next}`
  making.next += 1
  return id
}

function noteOwner(making: Making, id: string, path: string): void {
  const owner = making.from.owner(path)
  if (owner) making.owners[id] = owner
}

/** Absent members are left out: a document is JSON. */
function plain(value: object): JsonObject {
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined))
}
