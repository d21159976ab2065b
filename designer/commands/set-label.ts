/** Sets the label (or help, or text) of a node in one language; a new field takes its name from its label until something reads the name. */
import { isObject, type Json } from '#base/json.ts'
import { type Language, languages, resolveText, type Text } from '#base/text.ts'
import { type DocumentNode, type FormDocument, fieldsId, nodeOf } from '../model/document.ts'
import { freeFieldName, slugOf } from '../model/names.ts'
import { titleWords, words } from '../model/titles.ts'
import { usesOf } from '../model/uses.ts'
import type { CommandAnswer } from './change.ts'
import { Draft } from './draft.ts'
import { refuse } from './refusals.ts'
import { rename } from './rename-new-field.ts'

export interface SetLabel {
  readonly id: string
  readonly language: Language
  readonly text: string
  /** Which text of it; label when absent. */
  readonly property?: 'label' | 'help' | 'text'
}

export function setLabel(document: FormDocument, { id, language, text, property = 'label' }: SetLabel): CommandAnswer {
  const node = nodeOf(document, id)
  if (!node) return refuse('no-such-node')
  const draft = new Draft(document)
  const label = withText(node.props[property] as Text | undefined, language, text)
  draft.props(id, { [property]: label as Json | undefined })
  if (property === 'label') followLabel(draft, node, label)
  const title = titleWords(draft.document, id)
  return draft.done({
    command: 'set-label', label: words(`Renamed to ${title.en}`, `更名为“${title['zh-CN']}”`), focus: id, merge: `${id} ${property} ${language}`,
  })
}

/** A plain text becomes one per language when one of them changes. */
function withText(before: Text | undefined, language: Language, text: string): Text | undefined {
  const known: Readonly<Record<string, string>> = isObject(before) ? (before as Readonly<Record<string, string>>) : spread(before)
  const entries = Object.entries({ ...known, [language]: text }).filter(([, value]) => value !== '')
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function spread(text: Text | undefined): Readonly<Record<string, string>> {
  const plain = resolveText(text, 'en')
  return plain === '' ? {} : Object.fromEntries(languages.map((language) => [language, plain]))
}

function followLabel(draft: Draft, node: DocumentNode, label: Text | undefined): void {
  if (node.auto !== true || slugOf(label) === '' || usesOf(draft.before, node.id).length > 0) return
  rename(draft, node.id, freeFieldName(draft.before, { parent: node.parent ?? fieldsId, kind: String(node.props['type']), label, self: node.id }))
}
