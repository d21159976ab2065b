/** What the live region says about a change: where the thing stands now, in the person's language. */
import type { Language } from '#base/text.ts'
import type { Change } from '../commands/change.ts'
import { childrenOf, type FormDocument, fieldOf, nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { type Say, sayIn } from '../strings/use-words.ts'

/** Example: `Discount moved to section Totals, position 2 of 5`. */
export function speechFor(change: Change, document: FormDocument, language: Language): string {
  const say = sayIn(language)
  const at = placeOf(document, change.focus, { say, language })
  if (
    !at ||
    !['move', 'add-field', 'add-section', 'add-tab', 'add-text', 'place-field', 'duplicate'].includes(change.command)
  )
    return change.label[language]
  return say(change.command === 'move' ? 'speak_moved' : 'speak_added', at)
}

interface Speaking {
  readonly say: Say
  readonly language: Language
}

interface SpokenPlace {
  readonly [name: string]: string | number
}

function placeOf(document: FormDocument, id: string | null, { say, language }: Speaking): SpokenPlace | null {
  const node = id === null ? undefined : nodeOf(document, id)
  const parent = nodeOf(document, node?.parent ?? '')
  if (!node || !parent) return null
  const name = titleOf(document, parent.id, language)
  const container =
    parent.type === 'section'
      ? say('container_section', { name })
      : parent.type === 'tab'
        ? say('container_tab', { name })
        : fieldOf(document, parent.id)
          ? say('container_table', { name })
          : say('container_layout')
  const siblings = childrenOf(document, parent.id)
  return {
    name: titleOf(document, node.id, language),
    container,
    position: siblings.findIndex((one) => one.id === id) + 1,
    count: siblings.length,
  }
}
