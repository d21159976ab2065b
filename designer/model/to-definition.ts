/** Document → the form definition that it stands for. */
import type { JsonObject } from '#base/json.ts'
import type {
  FieldDefinition,
  FormDefinition,
  Layout,
  LayoutItem,
  LayoutSection,
  LayoutTab,
} from '#definitions/definition.ts'
import { implicitLayout } from '#definitions/implicit-layout.ts'
import { childrenOf, type DocumentNode, type FormDocument, fieldsId, layoutId, nodeOf, rootId } from './document.ts'

export function toDefinition(document: FormDocument): FormDefinition {
  const fields = childrenOf(document, fieldsId).map((field) => fieldDefinition(document, field))
  const form = { ...(nodeOf(document, rootId)?.props as unknown as Omit<FormDefinition, 'fields'>), fields }
  const layout = layoutDefinition(document)
  return isImplicit(document) && sameJson(layout, implicitLayout(form)) ? form : { ...form, layout }
}

/** A field or column with all that it has. */
export function fieldDefinition(document: FormDocument, node: DocumentNode): FieldDefinition {
  const own = node.props as unknown as FieldDefinition
  if (node.type === 'column' || (node.children.length === 0 && own.type !== 'table')) return own
  return { ...own, fields: childrenOf(document, node.id).map((column) => column.props as unknown as FieldDefinition) }
}

export function layoutDefinition(document: FormDocument): Layout {
  const { implicit: _implicit, tabless, ...around } = nodeOf(document, layoutId)?.props ?? {}
  const tabs = childrenOf(document, layoutId).map((tab) => tabDefinition(document, tab))
  return { ...(around as Layout), ...(tabless === true && tabs.length === 0 ? {} : { tabs }) }
}

function tabDefinition(document: FormDocument, tab: DocumentNode): LayoutTab {
  const sections = childrenOf(document, tab.id).map((section) => sectionDefinition(document, section))
  return { ...(tab.props as unknown as Omit<LayoutTab, 'sections'>), sections }
}

function sectionDefinition(document: FormDocument, section: DocumentNode): LayoutSection {
  const items = childrenOf(document, section.id).map((item) => itemDefinition(document, item))
  return { ...(section.props as unknown as Omit<LayoutSection, 'items'>), items }
}

/** Example: `{"field": "customer", "span": 2}`. */
export function itemDefinition(document: FormDocument, item: DocumentNode): LayoutItem {
  const field = item.field === undefined ? undefined : nodeOf(document, item.field)
  return { ...(field ? { field: String(field.props['name']) } : {}), ...(item.props as unknown as LayoutItem) }
}

function isImplicit(document: FormDocument): boolean {
  return nodeOf(document, layoutId)?.props['implicit'] === true
}

/** Equality of JSON, whatever the order of keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) !== Array.isArray(right)) return false
  const [one, other] = [left as JsonObject, right as JsonObject]
  const keys = definedKeys(one)
  return (
    keys.length === definedKeys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key]))
  )
}

function definedKeys(value: JsonObject): readonly string[] {
  return Object.keys(value).filter((key) => value[key] !== undefined)
}
