import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  childrenOf,
  type FormDocument,
  fieldOf,
  itemsShowing,
  layoutId,
  nodeOf,
  unplacedFields,
} from '../model/document.ts'
import { toDefinition } from '../model/to-definition.ts'
import { type Command, runCommand } from './command.ts'
import { placeByKey } from './move-by-key.ts'
import { prove } from './prove.ts'
import { find, item, orderDocument, orderForm, packDocument, sampleKinds } from './samples.ts'

const context = { kinds: sampleKinds }
const before = orderDocument()

describe('add-field', () => {
  it('puts a new field behind another, with a name of its kind', () => {
    const after = run({ do: 'add-field', kind: 'money', place: { parent: find(before, 'head'), index: 1 } })
    expect(itemsOf(after, 'head')).toEqual(['number', 'money_1', 'customer', 'discount'])
    expect(toDefinition(after).fields.at(-1)).toMatchObject({ name: 'money_1', type: 'money' })
  })

  it('gives a row of its own the whole width', () => {
    const after = run({
      do: 'add-field',
      kind: 'text',
      place: { parent: find(before, 'head'), index: 2, beside: null },
    })
    expect(spansOf(after, 'head')).toEqual([1, 1, 2, 2])
  })

  it('beside a field of a full row the section gains a column and the other rows keep their items', () => {
    const after = run({
      do: 'add-field',
      kind: 'text',
      place: { parent: find(before, 'head'), index: 2, beside: item(before, 'customer') },
    })
    expect(nodeOf(after, find(after, 'head'))?.props['columns']).toBe(3)
    expect(spansOf(after, 'head')).toEqual([1, 1, 1, 3])
  })

  it('makes a column where it is put into a table, and shows it', () => {
    const after = run({ do: 'add-field', kind: 'text', place: { parent: find(before, 'lines'), index: 1 } })
    expect(
      toDefinition(after)
        .fields.find((field) => field.name === 'lines')
        ?.fields?.map((one) => one.name),
    ).toEqual(['product', 'text_1', 'amount'])
    expect(nodeOf(after, item(after, 'lines'))?.props['columns']).toEqual(['product', 'text_1', 'amount'])
  })

  it('refuses a table or a sequence in a table, and a field in a tab', () => {
    expect(refusal({ do: 'add-field', kind: 'table', place: { parent: find(before, 'lines'), index: 0 } })).toBe(
      'not-here',
    )
    expect(refusal({ do: 'add-field', kind: 'sequence', place: { parent: find(before, 'lines'), index: 0 } })).toBe(
      'not-here',
    )
    expect(refusal({ do: 'add-field', kind: 'text', place: { parent: find(before, 'main'), index: 0 } })).toBe(
      'not-here',
    )
  })

  it('begins names of additions to a pack form with x_', () => {
    const pack = packDocument()
    const after = run({ do: 'add-field', kind: 'text', place: { parent: find(pack, 'head'), index: 0 } }, pack)
    expect(toDefinition(after).fields.at(-1)?.name).toBe('x_text_1')
  })

  it('gives a table a first column and a choice two options', () => {
    const table = run({ do: 'add-field', kind: 'table', place: { parent: find(before, 'head'), index: 0 } })
    expect(toDefinition(table).fields.at(-1)?.fields).toHaveLength(1)
    const choice = run({ do: 'add-field', kind: 'choice', place: { parent: find(before, 'head'), index: 0 } })
    expect(toDefinition(choice).fields.at(-1)?.['options']).toHaveLength(2)
  })
})

describe('set-label and names', () => {
  const added = run({ do: 'add-field', kind: 'text', place: { parent: find(before, 'head'), index: 0 } })
  const field = find(added, 'text_1')

  it('a new field takes its name from its label', () => {
    const after = run({ do: 'set-label', id: field, language: 'en', text: 'Crédit limit (new)' }, added)
    expect(nodeOf(after, field)?.props).toMatchObject({ name: 'credit_limit_new', label: { en: 'Crédit limit (new)' } })
  })

  it('a Chinese label leaves the name as it is', () => {
    const after = run({ do: 'set-label', id: field, language: 'zh-CN', text: '信用额度' }, added)
    expect(nodeOf(after, field)?.props['name']).toBe('text_1')
  })

  it('the name no longer follows once it was given by hand, or once something reads it', () => {
    const named = run({ do: 'rename-new-field', id: field, name: 'level' }, added)
    expect(
      nodeOf(run({ do: 'set-label', id: field, language: 'en', text: 'Other' }, named), field)?.props['name'],
    ).toBe('level')
    const read = run({ do: 'set-property', id: find(added, 'note'), name: 'formula', value: { var: 'text_1' } }, added)
    expect(nodeOf(run({ do: 'set-label', id: field, language: 'en', text: 'Other' }, read), field)?.props['name']).toBe(
      'text_1',
    )
    expect(refusal({ do: 'rename-new-field', id: field, name: 'level' }, read)).toBe('name-used')
  })

  it('a published field keeps its name; its label is free', () => {
    const published = orderDocument({ packed: false, owner: () => 'workspace' })
    const number = find(published, 'number')
    expect(refusal({ do: 'rename-new-field', id: number, name: 'other' }, published)).toBe('frozen-name')
    const after = run({ do: 'set-label', id: number, language: 'en', text: 'No.' }, published)
    expect(nodeOf(after, number)?.props).toMatchObject({ name: 'number', label: { en: 'No.', 'zh-CN': '编号' } })
  })

  it('refuses names of a wrong shape, taken ones and system fields', () => {
    expect(
      ['1a', 'Number', '', 'constructor'].map((name) => refusal({ do: 'rename-new-field', id: field, name }, added)),
    ).toEqual(['name-shape', 'name-shape', 'name-shape', 'name-shape'])
    expect(['number', 'owner'].map((name) => refusal({ do: 'rename-new-field', id: field, name }, added))).toEqual([
      'name-taken',
      'name-taken',
    ])
  })

  it('a renamed column is renamed where the layout lists it', () => {
    const column = find(before, 'product')
    const after = run({ do: 'rename-new-field', id: column, name: 'article' })
    expect(nodeOf(after, item(after, 'lines'))?.props['columns']).toEqual(['article', 'amount'])
  })
})

describe('move', () => {
  it('moves an item to another section and keeps its width within it', () => {
    const after = run({ do: 'move', id: item(before, 'discount'), place: { parent: find(before, 'rest'), index: 1 } })
    expect(itemsOf(after, 'rest')).toEqual(['note', 'discount', 'hint'])
    expect(spansOf(after, 'rest')).toEqual([1, 1, 1])
  })

  it('changes nothing where the item was', () => {
    const answer = runCommand(
      before,
      { do: 'move', id: item(before, 'number'), place: { parent: find(before, 'head'), index: 0 } },
      context,
    )
    expect(answer.ok && Object.keys(answer.value.patch.nodes)).toEqual([])
  })

  it('never moves a section into an item, a tab into itself, a column to another table', () => {
    expect(refusal({ do: 'move', id: find(before, 'head'), place: { parent: item(before, 'number'), index: 0 } })).toBe(
      'not-here',
    )
    expect(refusal({ do: 'move', id: find(before, 'main'), place: { parent: find(before, 'main'), index: 0 } })).toBe(
      'not-here',
    )
    expect(
      refusal({ do: 'move', id: find(before, 'product'), place: { parent: find(before, 'head'), index: 0 } }),
    ).toBe('not-here')
  })

  it('orders the shown columns as the columns', () => {
    const after = run({ do: 'move', id: find(before, 'product'), place: { parent: find(before, 'lines'), index: 1 } })
    expect(nodeOf(after, item(after, 'lines'))?.props['columns']).toEqual(['amount', 'product'])
  })

  it('Alt and arrows move among siblings, and to the end or start of the section beside', () => {
    const id = item(before, 'customer')
    expect(placeByKey(before, id, 'up')).toEqual({ parent: find(before, 'head'), index: 0 })
    expect(placeByKey(before, id, 'down')).toEqual({ parent: find(before, 'head'), index: 2 })
    expect(placeByKey(before, id, 'in')).toEqual({ parent: find(before, 'goods'), index: 0 })
    expect(placeByKey(before, item(before, 'note'), 'out')).toEqual({ parent: find(before, 'goods'), index: 1 })
    expect(placeByKey(before, id, 'out')).toBeNull()
  })
})

describe('remove and hide', () => {
  it('hide takes the item and keeps the field', () => {
    const after = run({ do: 'hide', id: item(before, 'note') })
    expect(unplacedFields(after).map((field) => field.props['name'])).toEqual(['note'])
    expect(toDefinition(after).fields).toHaveLength(orderForm.fields.length)
  })

  it('remove takes field and item', () => {
    const after = run({ do: 'remove', id: item(before, 'note') })
    expect(toDefinition(after).fields.map((field) => field.name)).not.toContain('note')
  })

  it('a pack’s field is not removed; a field that others read neither', () => {
    const pack = packDocument()
    expect(refusal({ do: 'remove', id: item(pack, 'note') }, pack)).toBe('pack-field')
    expect(refusal({ do: 'remove', id: item(before, 'discount') })).toBe('field-is-read')
  })

  it('a removed column leaves the layout’s lists', () => {
    const after = run({ do: 'remove', id: find(before, 'amount') })
    expect(nodeOf(after, item(after, 'lines'))?.props).toEqual({ columns: ['product'] })
    expect(refusal({ do: 'remove', id: find(after, 'product') }, after)).toBe('last-column')
  })

  it('keeps the last tab and the last section', () => {
    const one = run({ do: 'hide', id: find(before, 'more') })
    expect(refusal({ do: 'hide', id: find(one, 'main') }, one)).toBe('last-tab')
    expect(refusal({ do: 'remove', id: find(before, 'rest') })).toBe('last-section')
  })
})

describe('sections, tabs, widths, copies', () => {
  it('adds sections, tabs and explanations with ids of their own', () => {
    const tab = run({ do: 'add-tab', index: 1 })
    expect(childrenOf(tab, layoutId).map((one) => one.props['id'])).toEqual(['main', 'tab', 'more'])
    const section = run({ do: 'add-section', tab: find(tab, 'tab'), index: 0 }, tab)
    expect(childrenOf(section, find(section, 'tab')).map((one) => one.props['id'])).toEqual(['section_2', 'section'])
    const text = run({ do: 'add-text', place: { parent: find(before, 'rest'), index: 0 } })
    expect(itemsOf(text, 'rest')).toEqual(['hint_2', 'note', 'hint'])
  })

  it('this and all that follow go to a new section', () => {
    const after = run({ do: 'split-section', id: item(before, 'customer') })
    expect(itemsOf(after, 'head')).toEqual(['number'])
    expect(itemsOf(after, 'section')).toEqual(['customer', 'discount'])
  })

  it('an item is at least one column and at most its section wide', () => {
    expect(spansOf(run({ do: 'resize', id: item(before, 'number'), span: 9 }), 'head')).toEqual([2, 1, 2])
    expect(spansOf(run({ do: 'resize', id: item(before, 'discount'), span: 0 }), 'head')).toEqual([1, 1, 1])
    expect(spansOf(run({ do: 'set-property', id: find(before, 'head'), name: 'columns', value: 1 }), 'head')).toEqual([
      1, 1, 1,
    ])
  })

  it('a copy has a new name and id, a table its columns', () => {
    const copied = run({ do: 'duplicate', id: item(before, 'lines') })
    const fields = toDefinition(copied).fields
    expect(fields.map((field) => field.name)).toEqual(['number', 'customer', 'discount', 'note', 'lines', 'lines_copy'])
    expect(fields.at(-1)?.fields?.map((column) => column.name)).toEqual(['product', 'amount'])
    const section = run({ do: 'duplicate', id: find(before, 'head') })
    expect(itemsOf(section, 'head_2')).toEqual(['number_copy', 'customer_copy', 'discount_copy'])
    expect(
      toDefinition(run({ do: 'duplicate', id: find(before, 'product') }))
        .fields.at(-1)
        ?.fields?.map((one) => one.name),
    ).toEqual(['product', 'product_copy', 'amount'])
  })

  it('a hidden field comes back by place-field', () => {
    const hidden = run({ do: 'hide', id: item(before, 'note') })
    const after = run(
      { do: 'place-field', field: find(hidden, 'note'), place: { parent: find(hidden, 'head'), index: 1 } },
      hidden,
    )
    expect(itemsOf(after, 'head')).toEqual(['number', 'note', 'customer', 'discount'])
  })

  it('name, type and fields are not set as properties', () => {
    for (const name of ['name', 'type', 'fields'])
      expect(refusal({ do: 'set-property', id: find(before, 'number'), name, value: 'x' })).toBe('fixed-property')
  })
})

it('any run of commands keeps the document whole and can be undone step by step', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(13), fc.nat(1000), fc.nat(1000), fc.nat(6)), { maxLength: 25 }), (steps) => {
      let document = before
      for (const step of steps) {
        const command = randomCommand(document, step)
        const answer = runCommand(document, command, context)
        if (answer.ok) document = prove(document, answer)
      }
      expect(toDefinition(document).kind).toBe('form')
    }),
    { numRuns: 200 },
  )
})

function randomCommand(
  document: FormDocument,
  [which, one, other, index]: readonly [number, number, number, number],
): Command {
  const ids = Object.keys(document.nodes)
  const [id = '', parent = ''] = [ids[one % ids.length], ids[other % ids.length]]
  const beside = [undefined, null, ids[index] ?? null][other % 3]
  const place = { parent, index, ...(beside === undefined ? {} : { beside }) }
  const commands: readonly Command[] = [
    { do: 'add-field', kind: ['text', 'table', 'choice', 'money'][one % 4] ?? 'text', place },
    { do: 'add-section', tab: parent, index },
    { do: 'add-tab', index },
    { do: 'add-text', place },
    { do: 'move', id, place },
    { do: 'move', id, place },
    { do: 'duplicate', id },
    { do: 'hide', id },
    { do: 'remove', id },
    {
      do: 'set-label',
      id,
      language: index % 2 ? 'en' : 'zh-CN',
      text: ['', 'Credit limit', '额度', 'Note'][index % 4] ?? '',
    },
    {
      do: 'set-property',
      id,
      name: ['required', 'columns', 'help', 'type'][index % 4] ?? '',
      value: [true, 3, 'x', undefined][index % 4],
    },
    { do: 'rename-new-field', id, name: ['level', 'note', 'x_y', ''][index % 4] ?? '' },
    { do: 'resize', id, span: index },
    { do: 'split-section', id },
  ]
  return commands[which] as Command
}

function run(command: Command, on: FormDocument = before): FormDocument {
  return prove(on, runCommand(on, command, context))
}

function refusal(command: Command, on: FormDocument = before): string | null {
  const answer = runCommand(on, command, context)
  return answer.ok ? null : answer.problem.code
}

function itemsOf(document: FormDocument, section: string): readonly string[] {
  return childrenOf(document, find(document, section)).map((one) =>
    String(fieldOf(document, one.id)?.props['name'] ?? one.props['id']),
  )
}

function spansOf(document: FormDocument, section: string): readonly number[] {
  return childrenOf(document, find(document, section)).map((one) => Number(one.props['span'] ?? 1))
}

it('knows which items show a field', () => {
  expect(itemsShowing(before, find(before, 'lines'))).toHaveLength(1)
})
