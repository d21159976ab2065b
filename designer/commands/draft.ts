/** A document under change: commands edit it node by node; at the end it knows the patch and its inverse. */

import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import { ok } from '#base/result.ts'
import { type DocumentNode, type FormDocument, nodeOf } from '../model/document.ts'
import type { Words } from '../model/titles.ts'
import { sameJson } from '../model/to-definition.ts'
import type { Change, CommandAnswer, PropertyValue } from './change.ts'

export interface Outcome {
  readonly command: string
  readonly label: Words
  readonly focus: string | null
  readonly merge?: string
}

export class Draft {
  readonly before: FormDocument
  private nodes: Record<string, DocumentNode>
  private next: number
  private readonly touched = new Set<string>()

  constructor(before: FormDocument) {
    this.before = before
    this.nodes = { ...before.nodes }
    this.next = before.next
  }

  get document(): FormDocument {
    return { ...this.before, nodes: this.nodes, next: this.next }
  }

  node(id: string): DocumentNode {
    const found = nodeOf(this.document, id)
    if (!found) throw new Bug('no such node', { id })
    return found
  }

  /** Makes a node and puts it among the children of its parent. */
  add(node: Omit<DocumentNode, 'id' | 'children'>, index: number): string {
    const id = `n${this.next}`
    this.next += 1
    this.set({ ...node, id, children: [] })
    if (node.parent !== null) this.link(id, node.parent, index)
    return id
  }

  /** Sets or (undefined) takes away properties. */
  props(id: string, changes: Readonly<Record<string, PropertyValue>>): void {
    const node = this.node(id)
    const merged = Object.entries({ ...node.props, ...changes }).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    )
    this.set({ ...node, props: Object.fromEntries(merged) })
  }

  set(node: DocumentNode): void {
    this.nodes = { ...this.nodes, [node.id]: node }
    this.touched.add(node.id)
  }

  /** `index` counts in the target without the node itself. */
  move(id: string, parent: string, index: number): void {
    this.unlink(id)
    this.set({ ...this.node(id), parent })
    this.link(id, parent, index)
  }

  /** Takes away the node with everything below it. */
  remove(id: string): void {
    for (const child of this.node(id).children) this.remove(child)
    this.unlink(id)
    const { [id]: _gone, ...rest } = this.nodes
    this.nodes = rest
    this.touched.add(id)
  }

  done(outcome: Outcome): CommandAnswer {
    const changed = [...this.touched].filter((id) => !sameJson(this.nodes[id] ?? null, this.before.nodes[id] ?? null))
    const pick = (from: Readonly<Record<string, DocumentNode>>) =>
      Object.fromEntries(changed.map((id) => [id, from[id] ?? null]))
    const change: Change = {
      ...outcome,
      patch: { nodes: pick(this.nodes), next: this.next },
      inverse: { nodes: pick(this.before.nodes), next: this.before.next },
    }
    return ok(change)
  }

  private link(id: string, parent: string, index: number): void {
    const node = this.node(parent)
    const at = Math.max(0, Math.min(index, node.children.length))
    this.set({ ...node, children: [...node.children.slice(0, at), id, ...node.children.slice(at)] })
  }

  private unlink(id: string): void {
    const { parent } = this.node(id)
    const node = parent === null ? undefined : this.nodes[parent]
    if (node) this.set({ ...node, children: node.children.filter((child) => child !== id) })
  }
}
