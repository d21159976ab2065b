/** Sets the label (or help, or text) of a node in one language; a new field takes its name from its label until something reads the name. */
import { isObject, type Json } from '#base/json.ts'
import { type Language, languages, resolveText, type Text } from '#base/text.ts'
import { type DocumentNode, type FormDocument, fieldsId, type NodeType, nodeOf } from '../model/document.ts'
import { freeFieldName, slugOf } from '../model/names.ts'
import { titleWords, words } from '../model/titles.ts'
import { sameJson } from '../model/to-definition.ts'
import { usesOf } from '../model/uses.ts'
import { newSectionLabel } from './add-section.ts'
import { newTabLabel } from './add-tab.ts'
import type { CommandAnswer, CommandContext } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'
import { rename } from './rename-new-field.ts'

export interface SetLabel {
  readonly id: string
  readonly language: Language
  readonly text: string
  /** Which text of it; label when absent. */
  readonly property?: 'label' | 'plural' | 'help' | 'text'
}

const none: readonly string[] = []
/** Which texts a node has. */
const texts: Readonly<Record<NodeType, readonly string[]>> = {
  form: ['label', 'plural'],
  fields: none,
  layout: none,
  tab: ['label'],
  section: ['label'],
  item: ['text'],
  field: ['label', 'help'],
  column: ['label', 'help'],
}

export function setLabel(
  document: FormDocument,
  { id, language, text, property = 'label' }: SetLabel,
  context: CommandContext,
): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  if (!texts[node.type].includes(property)) return refuse('fixed-property')
  const draft = new Draft(document)
  const before = node.props[property] as Text | undefined
  const label = withText(isPlaceholder(node, before, context) ? undefined : before, language, text)
  draft.props(id, { [property]: label as Json | undefined })
  if (property === 'label') followLabel(draft, node, label)
  const title = titleWords(draft.document, id)
  return draft.done({
    command: 'set-label',
    label: words(`Renamed to ${title.en}`, `更名为“${title['zh-CN']}”`),
    focus: id,
    merge: `${id} ${property} ${language}`,
  })
}

/** A new thing has the label of what it is, until somebody names it in any language. */
function isPlaceholder(node: DocumentNode, label: Text | undefined, { kinds }: CommandContext): boolean {
  if (node.type === 'section') return sameJson(label, newSectionLabel)
  if (node.type === 'tab') return sameJson(label, newTabLabel)
  return node.auto === true && sameJson(label, kinds.get(String(node.props['type']))?.label)
}

/** A plain text becomes one per language when one of them changes. */
function withText(before: Text | undefined, language: Language, text: string): Text | undefined {
  const known: Readonly<Record<string, string>> = isObject(before)
    ? (before as Readonly<Record<string, string>>)
    : spread(before)
  const entries = Object.entries({ ...known, [language]: text }).filter(([, value]) => value !== '')
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function spread(text: Text | undefined): Readonly<Record<string, string>> {
  const plain = resolveText(text, 'en')
  return plain === '' ? {} : Object.fromEntries(languages.map((language) => [language, plain]))
}

function followLabel(draft: Draft, node: DocumentNode, label: Text | undefined): void {
  if (node.auto !== true || slugOf(label) === '' || usesOf(draft.before, node.id).length > 0) return
  rename(
    draft,
    node.id,
    freeFieldName(draft.before, {
      parent: node.parent ?? fieldsId,
      kind: String(node.props['type']),
      label,
      self: node.id,
    }),
  )
}
