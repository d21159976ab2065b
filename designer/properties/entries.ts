/** What the panel shows for a node: the common properties of fields and the options of their kind, or what a part of the layout has. Nothing is written twice. */
import type { Json } from '#base/json.ts'
import type { Text } from '#base/text.ts'
import type { FieldKind, FieldKinds, KindOption } from '#definitions/field-kind.ts'
import { childrenOf, type DocumentNode, type FormDocument, fieldOf, layoutId, nodeOf } from '../model/document.ts'
import { sameJson } from '../model/to-definition.ts'
import type { Say, WordKey } from '../strings/use-words.ts'

export type PropertyGroup = 'words' | 'rules' | 'options' | 'columns' | 'layout_props' | 'data'
export type PropertyEditorName =
  | KindOption['editor']
  | 'words'
  | 'rule'
  | 'formula'
  | 'default'
  | 'name'
  | 'span'
  | 'section-columns'
  | 'table-columns'
  | 'totals'
  | 'as'
  | 'when-hidden'

export interface PropertyEntry {
  /** The node that has the property: of an item, its field or itself. */
  readonly node: string
  readonly name: string
  readonly group: PropertyGroup
  readonly label: Text
  readonly help?: Text
  readonly editor: PropertyEditorName
  readonly value: Json | undefined
  /** What it is without the property. */
  readonly fallback?: Json | undefined
  /** Of a kind's option: its manifest. */
  readonly option?: KindOption
}

export function entriesOf(
  document: FormDocument,
  id: string,
  { kinds, say }: { readonly kinds: FieldKinds; readonly say: Say },
): readonly PropertyEntry[] {
  const node = nodeOf(document, id)
  if (!node) return []
  const field = fieldOf(document, id)
  const kind = field && kinds.get(String(field.props['type']))
  const own = layoutEntries(document, node, say)
  return field && kind ? [...fieldEntries(field, kind, say), ...own] : own
}

/** Those whose label or name has the words. */
export function matchingEntries(
  entries: readonly PropertyEntry[],
  query: string,
  textOf: (text: Text) => string,
): readonly PropertyEntry[] {
  const wanted = query.trim().toLowerCase()
  return wanted === ''
    ? entries
    : entries.filter(({ label, name }) => `${textOf(label)} ${name}`.toLowerCase().includes(wanted))
}

/** Differs from what is published; of a new node, from what it is without the property. */
export function isChanged(entry: PropertyEntry, base: FormDocument): boolean {
  const before = nodeOf(base, entry.node)
  const published = before
    ? before.props[entry.name]
    : entry.editor === 'name' || entry.editor === 'words'
      ? entry.value
      : entry.fallback
  return !sameJson(entry.value ?? entry.fallback ?? null, published ?? entry.fallback ?? null)
}

interface Common {
  readonly name: string
  readonly group: PropertyGroup
  readonly editor: PropertyEditorName
  readonly fallback?: Json
}

function fieldEntries(field: DocumentNode, kind: FieldKind, say: Say): readonly PropertyEntry[] {
  const of = ({ name, ...rest }: Common): PropertyEntry => ({
    ...rest,
    node: field.id,
    name,
    label: say(name as WordKey),
    value: field.props[name],
  })
  const options = kind.options
    .filter((option) => option.name !== 'fields')
    .map(
      (option): PropertyEntry => ({
        node: field.id,
        name: option.name,
        group: 'options',
        label: option.label,
        ...(option.help ? { help: option.help } : {}),
        editor: option.editor,
        value: field.props[option.name],
        fallback: option.default,
        option,
      }),
    )
  const columns: readonly PropertyEntry[] =
    kind.name === 'table'
      ? [
          {
            node: field.id,
            name: 'fields',
            group: 'columns',
            label: say('group_columns'),
            editor: 'table-columns',
            value: undefined,
          },
        ]
      : []
  return [...commonOf(field, kind).map(of), ...columns, ...options]
}

/** A computed value has no default and is not typed; a generated one neither. */
function commonOf(field: DocumentNode, kind: FieldKind): readonly Common[] {
  const computed = field.props['formula'] !== undefined || field.props['rollup'] !== undefined
  const typed = !computed && kind.generated !== true
  const plain = kind.name !== 'table'
  return [
    { name: 'label', group: 'words', editor: 'words' },
    { name: 'help', group: 'words', editor: 'words' },
    ...(typed ? [{ name: 'required', group: 'rules', editor: 'rule', fallback: false } as const] : []),
    { name: 'visible', group: 'rules', editor: 'rule', fallback: true },
    ...(field.props['visible'] === undefined || field.props['visible'] === true
      ? []
      : [{ name: 'when_hidden', group: 'rules', editor: 'when-hidden', fallback: 'keep' } as const]),
    ...(typed ? [{ name: 'readonly', group: 'rules', editor: 'rule', fallback: false } as const] : []),
    ...(kind.computable && field.props['rollup'] === undefined
      ? [{ name: 'formula', group: 'rules', editor: 'formula' } as const]
      : []),
    ...(typed && plain ? [{ name: 'default', group: 'rules', editor: 'default' } as const] : []),
    { name: 'name', group: 'data', editor: 'name' },
    ...(plain ? (['unique', 'index', 'search'] as const) : []).map(
      (name) => ({ name, group: 'data', editor: 'switch', fallback: false }) as const,
    ),
    ...(['personal', 'sensitive'] as const).map(
      (name) => ({ name, group: 'data', editor: 'switch', fallback: false }) as const,
    ),
    ...(field.props['formula'] === undefined
      ? []
      : [{ name: 'stored', group: 'data', editor: 'switch', fallback: true } as const]),
  ]
}

function layoutEntries(document: FormDocument, node: DocumentNode, say: Say): readonly PropertyEntry[] {
  const of = (
    name: string,
    label: WordKey,
    rest: Pick<PropertyEntry, 'group' | 'editor'> & { readonly fallback?: Json },
  ): PropertyEntry => ({ ...rest, node: node.id, name, label: say(label), value: node.props[name] })
  switch (node.type) {
    case 'form':
      return [
        of('label', 'label', { group: 'words', editor: 'words' }),
        of('plural', 'plural', { group: 'words', editor: 'words' }),
        of('icon', 'icon', { group: 'words', editor: 'text' }),
        of('title', 'title', { group: 'words', editor: 'formula' }),
        {
          ...of('as', 'steps', { group: 'layout_props', editor: 'as' }),
          node: layoutId,
          value: nodeOf(document, layoutId)?.props['as'],
        },
      ]
    case 'tab':
      return [of('label', 'label', { group: 'words', editor: 'words' })]
    case 'section':
      return [
        of('label', 'label', { group: 'words', editor: 'words' }),
        of('columns', 'columns', { group: 'layout_props', editor: 'section-columns', fallback: 1 }),
      ]
    case 'item':
      return itemEntries(document, node, of)
    default:
      return []
  }
}

function itemEntries(
  document: FormDocument,
  node: DocumentNode,
  of: (
    name: string,
    label: WordKey,
    rest: Pick<PropertyEntry, 'group' | 'editor'> & { readonly fallback?: Json },
  ) => PropertyEntry,
): readonly PropertyEntry[] {
  const field = fieldOf(document, node.id)
  const text = node.props['text'] === undefined ? [] : [of('text', 'text', { group: 'words', editor: 'words' })]
  if (field?.props['type'] === 'table')
    return childrenOf(document, field.id).length > 0
      ? [of('totals', 'table_totals', { group: 'layout_props', editor: 'totals' })]
      : []
  const big = field ? [of('as', 'as_big', { group: 'layout_props', editor: 'as' })] : []
  return [...text, of('span', 'span', { group: 'layout_props', editor: 'span', fallback: 1 }), ...big]
}
