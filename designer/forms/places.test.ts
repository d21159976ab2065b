import { describe, expect, it } from 'vitest'
import { applyPatch, type Change } from '../commands/change.ts'
import { type Command, runCommand } from '../commands/command.ts'
import { find, item, orderDocument, orderForm, sampleKinds } from '../commands/samples.ts'
import { layoutId, rootId } from '../model/document.ts'
import { sayIn } from '../strings/use-words.ts'
import { targetWords } from './drop-tip.tsx'
import { insertPlace, sectionPlace } from './insert-place.ts'
import { matchingPlaces, placesFor } from './places.ts'
import { layoutWithNodes } from './preview.ts'
import { nodeOfPointer } from './problems.ts'
import { speechFor } from './speech.ts'

const document = orderDocument()

describe('places to move to', () => {
  it('lists every gap of every section but where it stands, in both languages', () => {
    const places = placesFor(document, item(document, 'number'), 'en')
    expect(places.map(({ label }) => label)).toEqual([
      'After Customer',
      'After Discount',
      'At the start of Goods',
      'After Lines',
      'At the start of Untitled section',
      'After Note',
      'After Short',
    ])
    expect(placesFor(document, item(document, 'number'), 'zh-CN')[0]?.label).toBe('“Customer”之后')
    expect(matchingPlaces(places, 'goods').map(({ place }) => place.parent)).toEqual([
      find(document, 'goods'),
      find(document, 'goods'),
    ])
  })

  it('each of them is one that the command takes', () => {
    for (const id of [
      item(document, 'number'),
      find(document, 'head'),
      find(document, 'more'),
      find(document, 'product'),
    ]) {
      for (const { place } of placesFor(document, id, 'en'))
        expect(runCommand(document, { do: 'move', id, place }, { kinds: sampleKinds }).ok).toBe(true)
    }
  })
})

describe('a click in the palette', () => {
  it('adds after the selected item or column, into the selected section, else at the end of the tab', () => {
    const tab = find(document, 'main')
    expect(insertPlace(document, { selected: item(document, 'number'), tab })).toEqual({
      parent: find(document, 'head'),
      index: 1,
    })
    expect(insertPlace(document, { selected: find(document, 'product'), tab })).toEqual({
      parent: find(document, 'lines'),
      index: 1,
    })
    expect(insertPlace(document, { selected: find(document, 'head'), tab })).toEqual({
      parent: find(document, 'head'),
      index: 3,
    })
    expect(insertPlace(document, { selected: rootId, tab })).toEqual({ parent: find(document, 'goods'), index: 1 })
  })

  it('what fits in no table goes below it', () => {
    expect(sectionPlace(document, { parent: find(document, 'lines'), index: 1 })).toEqual({
      parent: find(document, 'goods'),
      index: 1,
    })
  })
})

describe('what is said', () => {
  it('tells where the thing stands now', () => {
    const [moved, after] = perform({
      do: 'move',
      id: item(document, 'discount'),
      place: { parent: find(document, 'rest'), index: 1 },
    })
    expect(speechFor(moved, after, 'en')).toBe('Discount moved to section Untitled section, position 2 of 3')
    expect(speechFor(moved, after, 'zh-CN')).toBe('“折扣”已移到分区“未命名分区”，第 2 位，共 3 位')
    const [added, grown] = perform({
      do: 'add-field',
      kind: 'text',
      place: { parent: find(document, 'lines'), index: 0 },
    })
    expect(speechFor(added, grown, 'en')).toBe('text added to table Lines, position 1 of 3')
  })

  it('the tip at the pointer names the gap', () => {
    const line = { left: 0, top: 0, right: 1, bottom: 1 }
    const tell = (place: Parameters<typeof targetWords>[1]['place']) =>
      targetWords(
        document,
        { place, line },
        { dragged: { what: 'kind', kind: 'text' }, language: 'en', say: sayIn('en') },
      )
    expect(tell({ parent: find(document, 'head'), index: 1, beside: null })).toBe('New row in Head, before Customer')
    expect(tell({ parent: find(document, 'head'), index: 3, beside: null })).toBe('At the end of Head')
    expect(tell({ parent: find(document, 'head'), index: 1, beside: item(document, 'number') })).toBe(
      'Beside Number in Head',
    )
    expect(tell({ parent: find(document, 'lines'), index: 9 })).toBe('New column of Lines')
    expect(tell({ parent: layoutId, index: 0 })).toBe('Tab 1')
  })
})

it('an issue of the checks leads to its node', () => {
  const to = (pointer: string) => nodeOfPointer(document, `/form/order${pointer}`)
  expect(to('/fields/lines/fields/amount/formula/0')).toBe(find(document, 'amount'))
  expect(to('/fields/note')).toBe(find(document, 'note'))
  expect(to('/layout/tabs/main/sections/head/items/number/span')).toBe(item(document, 'number'))
  expect(to('/checks/positive')).toBe(rootId)
})

it('the canvas gets the layout with the ids of nodes', () => {
  const [tab] = layoutWithNodes(document).tabs ?? []
  expect(tab?.id).toBe(find(document, 'main'))
  expect(tab?.sections[0]?.items[0]).toEqual({ id: item(document, 'number'), field: 'number' })
  expect(orderForm.layout?.tabs?.[0]?.id).toBe('main')
})

function perform(command: Command): readonly [Change, typeof document] {
  const answer = runCommand(document, command, { kinds: sampleKinds })
  if (!answer.ok) throw new Error(answer.problem.code)
  return [answer.value, applyPatch(document, answer.value.patch)]
}
