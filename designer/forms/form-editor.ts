/** One form under the hands of a person: document with history, selection, focus, and what is said about it. Kept on the device after every change. */
import { computed, type ReadonlySignal, signal } from '@preact/signals-core'
import { hashDefinition } from '#definitions/canonical.ts'
import type { FieldKinds } from '#definitions/field-kind.ts'
import { showToast } from '#ui/parts/toast.tsx'
import { keepChoice, locale, readChoice } from '#ui/shell/preferences.ts'
import type { Change } from '../commands/change.ts'
import { type Command, runCommand } from '../commands/command.ts'
import { close, type EditState, goTo, nextChange, record, redo, undo } from '../history/history.ts'
import { draftKey, historyText, restoreHistory } from '../history/keep.ts'
import {
  childrenOf,
  type DocumentNode,
  type FormDocument,
  fieldOf,
  layoutId,
  nodeOf,
  ownerOf,
  rootId,
} from '../model/document.ts'
import { fromDefinition } from '../model/from-definition.ts'
import { type PublishedForm, provenanceOf } from '../model/sources.ts'
import { titleOf } from '../model/titles.ts'
import { sayIn } from '../strings/use-words.ts'
import { speechFor } from './speech.ts'

/** Where the keyboard's focus goes after a change. */
export type FocusArea = 'canvas' | 'outline'

export interface FocusWish {
  readonly area: FocusArea
  readonly id: string
}

export class FormEditor {
  readonly kinds: FieldKinds
  readonly published: PublishedForm
  /** The document as published: what "changed" is measured by. */
  readonly base: FormDocument
  readonly state = signal<EditState>({} as EditState)
  readonly document: ReadonlySignal<FormDocument>
  readonly selected = signal<string | null>(rootId)
  /** The node of the canvas that Tab reaches. */
  readonly current = signal<string | null>(null)
  readonly renaming = signal<string | null>(null)
  readonly moving = signal<string | null>(null)
  readonly tab = signal('')
  readonly spoken = signal('')
  readonly focusWish = signal<FocusWish | null>(null)
  private readonly key: string

  constructor(published: PublishedForm, kinds: FieldKinds, fresh = false) {
    this.kinds = kinds
    this.published = published
    this.key = draftKey(published.merged.name, fresh ? 'new' : hashDefinition(published.merged).slice(0, 12))
    this.base = fromDefinition(published.merged, fresh ? undefined : provenanceOf(published))
    this.state.value = restoreHistory(this.base, readChoice(this.key))
    this.document = computed(() => this.state.value.document)
    this.tab.value = childrenOf(this.document.peek(), layoutId)[0]?.id ?? ''
    this.current.value = this.firstStop()
  }

  /** Runs a command; what stands in its way is said and shown. */
  run(command: Command, focus?: FocusArea): Change | null {
    const answer = runCommand(this.document.peek(), command, { kinds: this.kinds })
    if (!answer.ok) {
      this.tell(answer.problem.text[locale.peek()])
      return null
    }
    this.change(record(this.state.peek(), answer.value))
    this.follow(answer.value, focus)
    return answer.value
  }

  /** A field of a pack is hidden, another one removed: what Delete means. */
  removeNode(id: string, focus?: FocusArea): void {
    const document = this.document.peek()
    const field = fieldOf(document, id)
    const owner = field && ownerOf(document, field.id)
    const name = titleOf(document, id, locale.peek())
    const say = sayIn(locale.peek())
    if (owner === 'pack' && field?.type === 'column') {
      this.tell(say('column_pack'))
      return
    }
    const change = this.run({ do: owner === 'pack' ? 'hide' : 'remove', id }, focus)
    if (!change || !field) return
    const text = say(owner === 'pack' ? 'hidden_pack' : owner ? 'removed_keeps_data' : 'removed_new', { name })
    this.spoken.value = text
    showToast(text, { label: say('undo'), run: () => this.undo() })
  }

  undo(focus?: FocusArea): void {
    this.step(-1, focus)
  }

  redo(focus?: FocusArea): void {
    this.step(1, focus)
  }

  goTo(done: number): void {
    this.change(goTo(this.state.peek(), done))
    this.dropLost()
  }

  /** The burst of typing is over: the next change is an entry of its own. */
  close(): void {
    this.state.value = close(this.state.peek())
  }

  select(id: string | null): void {
    this.close()
    this.selected.value = id
    if (id !== null) this.showTabOf(id)
    const type = id === null ? undefined : this.node(id)?.type
    if (type === 'section' || type === 'item') this.current.value = id
    if (type === 'tab') this.current.value = this.firstStop()
  }

  node(id: string): DocumentNode | undefined {
    return nodeOf(this.document.peek(), id)
  }

  /** Forgets the draft: it was published, or is given up. */
  forget(): void {
    keepChoice(this.key, null)
  }

  say(text: string): void {
    this.spoken.value = ''
    this.spoken.value = text
  }

  private tell(text: string): void {
    this.say(text)
    showToast(text)
  }

  private step(by: 1 | -1, focus?: FocusArea): void {
    const before = this.state.peek()
    const taken = nextChange(before.history, by)
    if (!taken) return
    this.change(by < 0 ? undo(before) : redo(before))
    this.say(sayIn(locale.peek())(by < 0 ? 'speak_undo' : 'speak_redo', { name: taken.label[locale.peek()] }))
    const id = this.standAfter(taken, by, before.document)
    if (id !== null) this.stand(id)
    this.dropLost()
    if (focus && id !== null) this.wish(focus, id)
  }

  private change(state: EditState): void {
    this.state.value = state
    keepChoice(this.key, state.history.changes.length > 0 ? historyText(state.history) : null)
  }

  private follow(change: Change, focus: FocusArea | undefined): void {
    this.say(speechFor(change, this.document.peek(), locale.peek()))
    if (change.merge === undefined) this.close()
    if (change.focus === null) this.dropLost()
    else {
      if (change.merge === undefined || focus) this.stand(change.focus)
      if (focus) this.wish(focus, change.focus)
    }
  }

  /** Tab always reaches the canvas: by its first section where nothing else is current. */
  private firstStop(): string | null {
    return childrenOf(this.document.peek(), this.tab.peek())[0]?.id ?? null
  }

  private stand(id: string): void {
    this.selected.value = id
    this.showTabOf(id)
    this.current.value = this.shownNode(id)
  }

  private wish(area: FocusArea, id: string): void {
    this.focusWish.value = { area, id: area === 'canvas' ? this.shownNode(id) : id }
  }

  /** Of a column the canvas shows its table. */
  private shownNode(id: string): string {
    const node = this.node(id)
    if (node?.type !== 'column') return id
    const table = node.parent
    return Object.values(this.document.peek().nodes).find((one) => one.type === 'item' && one.field === table)?.id ?? id
  }

  private showTabOf(id: string): void {
    const document = this.document.peek()
    for (
      let at: DocumentNode | undefined = nodeOf(document, this.shownNode(id));
      at;
      at = nodeOf(document, at.parent ?? '')
    )
      if (at.type === 'tab') this.tab.value = at.id
  }

  /** What undo brought back, else what the change was about. */
  private standAfter(taken: Change, by: 1 | -1, before: FormDocument): string | null {
    const patch = by < 0 ? taken.inverse : taken.patch
    const back = Object.values(patch.nodes).find(
      (node) => node !== null && node.type !== 'field' && !nodeOf(before, node.id),
    )
    if (back) return back.id
    return taken.focus !== null && this.node(taken.focus) ? taken.focus : null
  }

  /** What is gone is neither selected nor focused, and its tab not shown. */
  private dropLost(): void {
    const document = this.document.peek()
    if (this.selected.peek() !== null && !nodeOf(document, this.selected.peek() ?? '')) this.selected.value = rootId
    if (this.current.peek() !== null && !nodeOf(document, this.current.peek() ?? '')) this.current.value = null
    if (!nodeOf(document, this.tab.peek())) this.tab.value = childrenOf(document, layoutId)[0]?.id ?? ''
    this.current.value ??= this.firstStop()
  }
}
