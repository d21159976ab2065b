import { describe, expect, it } from 'vitest'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { applyPatch } from '../commands/change.ts'
import { find, item, orderDocument } from '../commands/samples.ts'
import { setProperty } from '../commands/set-property.ts'
import type { FormDocument } from '../model/document.ts'
import { sayIn } from '../strings/use-words.ts'
import { entriesOf, isChanged, matchingEntries } from './entries.ts'

const document = orderDocument()
const context = { kinds: fieldKinds, say: sayIn('en') }
const names = (on: FormDocument, id: string) => entriesOf(on, id, context).map(({ name }) => name)

describe('the property panel', () => {
  it.each([...fieldKinds.keys()])('shows every option of %s, each with an editor', (name) => {
    const node = { id: 'x', type: 'field', parent: 'fields', props: { name: 'x', type: name }, children: [] } as const
    const shown = entriesOf({ ...document, nodes: { ...document.nodes, x: node } }, 'x', context)
    for (const option of fieldKinds.get(name)?.options ?? [])
      expect(shown.some((entry) => entry.name === option.name && entry.label !== '')).toBe(true)
  })

  it('an item has its field’s properties and its own; a section, tab and form theirs', () => {
    expect(names(document, item(document, 'discount'))).toEqual(
      expect.arrayContaining(['label', 'required', 'formula', 'default', 'scale', 'min', 'max', 'name', 'span', 'as']),
    )
    expect(names(document, item(document, 'lines'))).toEqual(expect.arrayContaining(['fields', 'min_rows', 'totals']))
    expect(names(document, find(document, 'head'))).toEqual(['label', 'columns'])
    expect(names(document, find(document, 'main'))).toEqual(['label'])
    expect(names(document, 'form')).toEqual(['label', 'plural', 'icon', 'title', 'as'])
  })

  it('a computed field is neither required nor given a default', () => {
    const shown = names(document, find(document, 'amount'))
    expect(shown).not.toContain('required')
    expect(shown).not.toContain('default')
    expect(shown).toContain('stored')
  })

  it('“changed” counts what differs from what is published', () => {
    const note = find(document, 'note')
    const answer = setProperty(document, { id: note, name: 'required', value: true })
    const after = answer.ok ? applyPatch(document, answer.value.patch) : document
    const changed = (on: FormDocument) =>
      entriesOf(on, note, context)
        .filter((entry) => isChanged(entry, document))
        .map(({ name }) => name)
    expect(changed(document)).toEqual([])
    expect(changed(after)).toEqual(['required'])
  })

  it('is searched by label and by name', () => {
    const found = matchingEntries(entriesOf(document, item(document, 'discount'), context), 'larg', (text) =>
      typeof text === 'string' ? text : (text['en'] ?? ''),
    )
    expect(found.map(({ name }) => name)).toEqual(['max', 'as'])
  })
})
