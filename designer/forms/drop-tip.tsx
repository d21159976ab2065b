/** What hangs at the pointer in a drag: icon and label of the thing, and in words where it would go. */

import type { Language } from '#base/text.ts'
import { Icon } from '#ui/parts/icon.tsx'
import { useSignal } from '#ui/parts/use-signal.ts'
import { DragGhost, dragging, target } from '../drag/adapter.tsx'
import type { Dragged, Target } from '../drag/find-target.ts'
import { childrenOf, type FormDocument, fieldOf, nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { type Say, useLanguage, useWords } from '../strings/use-words.ts'
import { useEditor } from './editor-context.tsx'
import { iconOfNode, lookOfPart } from './node-look.ts'

export function DropTip() {
  const what = useSignal(dragging)
  const editor = useEditor()
  const language = useLanguage()
  const say = useWords()
  if (!what) return null
  const { icon, label } = lookOf(what, { editor, language, say })
  return (
    <DragGhost>
      <span className="fd-ghostlabel">
        <Icon name={icon} />
        {label}
      </span>
      <TipText dragged={what} />
    </DragGhost>
  )
}

function TipText({ dragged }: { readonly dragged: Dragged }) {
  const editor = useEditor()
  const at = useSignal(target)
  const language = useLanguage()
  const say = useWords()
  if (!at) return null
  return <span className="fd-tip">{targetWords(editor.document.peek(), at, { dragged, language, say })}</span>
}

interface Looking {
  readonly editor: ReturnType<typeof useEditor>
  readonly language: Language
  readonly say: Say
}

function lookOf(what: Dragged, { editor, language, say }: Looking): { readonly icon: string; readonly label: string } {
  const document = editor.document.peek()
  if ('id' in what)
    return { icon: iconOfNode(document, what.id, editor.kinds), label: titleOf(document, what.id, language) }
  if (what.what !== 'kind') return lookOfPart(what.what, say)
  const kind = editor.kinds.get(what.kind)
  return {
    icon: kind?.icon ?? 'square-plus',
    label: typeof kind?.label === 'object' ? (kind.label[language] ?? what.kind) : what.kind,
  }
}

interface Telling {
  readonly dragged: Dragged
  readonly language: Language
  readonly say: Say
}

/** Example: `New row in Totals, before Contract`. */
export function targetWords(document: FormDocument, { place }: Target, { dragged, language, say }: Telling): string {
  const parent = nodeOf(document, place.parent)
  if (!parent) return say('not_here')
  const name = titleOf(document, parent.id, language)
  if (parent.type === 'layout') return say('tab_at', { position: place.index + 1 })
  if (parent.type === 'tab') return say('section_at', { position: place.index + 1 })
  if (fieldOf(document, parent.id)) return say('column_of', { name })
  if (place.beside) return say('beside_item', { name: titleOf(document, place.beside, language), section: name })
  const others = childrenOf(document, parent.id).filter((one) => !('id' in dragged) || one.id !== dragged.id)
  const next = others[place.index]
  if (!next) return say('at_end_of', { section: name })
  return `${say('new_row', { section: name })}${language === 'en' ? ', ' : '，'}${say('before_item', { name: titleOf(document, next.id, language) })}`
}
