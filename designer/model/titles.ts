/** What a node is called to people: its label, its name, or what it is. */
import { type Language, resolveText, type Text } from '#base/text.ts'
import { type DocumentNode, type FormDocument, fieldOf, nodeOf } from './document.ts'

/** A phrase of the designer in its languages. */
export type Words = { readonly [L in Language]: string }

export function words(en: string, zh: string): Words {
  return { en, 'zh-CN': zh }
}

/** In both languages, for labels of history and speech. */
export function titleWords(document: FormDocument, id: string): Words {
  return words(titleOf(document, id, 'en'), titleOf(document, id, 'zh-CN'))
}

export function titleOf(document: FormDocument, id: string, language: Language): string {
  const node = nodeOf(document, id)
  if (!node) return id
  const field = fieldOf(document, id)
  if (field) return resolveText(field.props['label'] as Text | undefined, language) || String(field.props['name'] ?? id)
  return ownTitle(node, language) || untitled(node)[language]
}

function ownTitle(node: DocumentNode, language: Language): string {
  const text = resolveText((node.props['label'] ?? node.props['text']) as Text | undefined, language)
  return text || String(node.props['field'] ?? node.props['action'] ?? node.props['panel'] ?? '')
}

function untitled(node: DocumentNode): Words {
  if (node.type === 'section') return words('Untitled section', '未命名分区')
  if (node.type === 'tab') return words('Untitled tab', '未命名页签')
  const name = String(node.props['name'] ?? node.id)
  return words(name, name)
}
