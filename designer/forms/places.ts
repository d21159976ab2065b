/** Every place a node may move to, as a searchable list: what a drag can do, with one pointer press or by keyboard. */
import type { Language } from '#base/text.ts'
import type { Place } from '../commands/place.ts'
import { mayMove } from '../model/containment.ts'
import { childrenOf, type DocumentNode, type FormDocument, nodeOf } from '../model/document.ts'
import { titleOf } from '../model/titles.ts'
import { sayIn } from '../strings/use-words.ts'

export interface NamedPlace {
  readonly key: string
  readonly place: Place
  readonly label: string
  /** Where that is: `Totals, Order`. */
  readonly within: string
}

export function placesFor(document: FormDocument, id: string, language: Language): readonly NamedPlace[] {
  const say = sayIn(language)
  const parents = Object.values(document.nodes).filter((parent) => mayMove(document, id, parent.id))
  return inOrder(document, parents).flatMap((parent) => {
    const others = childrenOf(document, parent.id).filter((child) => child.id !== id)
    const within = withinOf(document, parent, language)
    const start: NamedPlace = {
      key: `${parent.id}:0`,
      place: { parent: parent.id, index: 0 },
      label: say('place_start', { name: titleOf(document, parent.id, language) }),
      within,
    }
    const after = others.map(
      (child, at): NamedPlace => ({
        key: `${parent.id}:${at + 1}`,
        place: { parent: parent.id, index: at + 1 },
        label: say('place_after', { name: titleOf(document, child.id, language) }),
        within,
      }),
    )
    return [start, ...after].filter(({ place }) => !isHere(document, id, place))
  })
}

export function matchingPlaces(places: readonly NamedPlace[], query: string): readonly NamedPlace[] {
  const wanted = query.trim().toLowerCase()
  return wanted === ''
    ? places
    : places.filter(({ label, within }) => `${label} ${within}`.toLowerCase().includes(wanted))
}

function isHere(document: FormDocument, id: string, place: Place): boolean {
  const parent = nodeOf(document, place.parent)
  return parent?.children.indexOf(id) === place.index
}

function inOrder(document: FormDocument, parents: readonly DocumentNode[]): readonly DocumentNode[] {
  const all = walk(document, 'form')
  return [...parents].sort((one, other) => all.indexOf(one.id) - all.indexOf(other.id))
}

function walk(document: FormDocument, id: string): readonly string[] {
  return [id, ...childrenOf(document, id).flatMap((child) => walk(document, child.id))]
}

function withinOf(document: FormDocument, parent: DocumentNode, language: Language): string {
  const name = titleOf(document, parent.id, language)
  const tab = nodeOf(document, parent.parent ?? '')
  return parent.type === 'section' && tab
    ? sayIn(language)('in_section', { section: name, tab: titleOf(document, tab.id, language) })
    : name
}
