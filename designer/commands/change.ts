/** What a command answers: a patch with its inverse and a name for people, or why it cannot be. */
import type { Json } from '#base/json.ts'
import type { Result } from '#base/result.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import type { DocumentNode, FormDocument } from '../model/document.ts'
import type { Words } from '../model/titles.ts'

/** Nodes to set; null takes a node away. */
export interface Patch {
  readonly nodes: Readonly<Record<string, DocumentNode | null>>
  readonly next: number
}

export interface Change {
  readonly command: string
  readonly patch: Patch
  readonly inverse: Patch
  readonly label: Words
  /** The node to stand on afterwards. */
  readonly focus: string | null
  /** Changes with the same key in a row are one entry: a burst of typing, a drag of a handle. */
  readonly merge?: string
}

export interface Refused {
  readonly code: string
  readonly text: Words
}

export type CommandAnswer = Result<Change, Refused>

/** What commands know besides the document. */
export interface CommandContext {
  readonly kinds: FieldKinds
}

/** Applies a patch; nodes that it does not name stay the same objects. */
export function applyPatch(document: FormDocument, patch: Patch): FormDocument {
  const nodes: Record<string, DocumentNode> = { ...document.nodes }
  for (const [id, node] of Object.entries(patch.nodes)) {
    if (node === null) delete nodes[id]
    else nodes[id] = node
  }
  return { ...document, nodes, next: patch.next }
}

/** True when the change changes nothing: such a change is no entry of the history. */
export function isIdle(change: Change): boolean {
  return Object.keys(change.patch.nodes).length === 0
}

/** Two changes in a row as one. */
export function joinChanges(first: Change, second: Change): Change {
  return {
    ...second,
    patch: { nodes: { ...first.patch.nodes, ...second.patch.nodes }, next: second.patch.next },
    inverse: { nodes: { ...second.inverse.nodes, ...first.inverse.nodes }, next: first.inverse.next },
  }
}

export type PropertyValue = Json | undefined
