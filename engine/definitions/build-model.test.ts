import { describe, expect, it } from 'vitest'
import { buildModel } from './build-model.ts'
import type { Definition, FormDefinition, MenuGroup, PackDefinition, SourcedDefinition } from './definition.ts'
import type { Model } from './model.ts'
import { testKinds } from './test-kinds.ts'

const customer: FormDefinition = {
  kind: 'form',
  name: 'customer',
  label: 'Customer',
  fields: [
    { name: 'name', type: 'text', label: 'Name', required: true },
    { name: 'tier', type: 'choice', label: 'Tier', options: [{ value: 'gold' }] },
    {
      name: 'ordered',
      type: 'money',
      label: 'Ordered',
      rollup: { form: 'order', link: 'customer', op: 'sum', field: 'total' },
    },
  ],
}
const order: FormDefinition = {
  kind: 'form',
  name: 'order',
  label: 'Order',
  fields: [
    { name: 'customer', type: 'link', to: 'customer', label: 'Customer' },
    { name: 'lines', type: 'table', label: 'Lines', fields: [{ name: 'amount', type: 'money', label: 'Amount' }] },
    { name: 'total', type: 'money', label: 'Total', formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } },
  ],
  layout: {
    tabs: [
      {
        id: 'main',
        sections: [
          { id: 'head', items: [{ field: 'customer' }] },
          { id: 'goods', items: [{ field: 'lines', columns: ['amount'] }, { field: 'total' }] },
        ],
      },
    ],
  },
}
const pack = (name: string, requires: readonly string[] = []): PackDefinition => ({
  kind: 'pack',
  formloom: 1,
  name,
  version: '1.0.0',
  requires: Object.fromEntries(requires.map((one) => [one, '^1.0.0'])),
})
const from = (packName: string, ...definitions: readonly Definition[]): readonly SourcedDefinition[] =>
  definitions.map((definition) => ({ definition, pack: packName }))

function built(definitions: readonly (Definition | SourcedDefinition)[]): Model {
  const result = buildModel(definitions, testKinds, 1)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}
function refused(definitions: readonly (Definition | SourcedDefinition)[]): readonly (readonly [string, string])[] {
  const result = buildModel(definitions, testKinds, 1)
  return result.ok ? [] : result.problem.map((issue) => [issue.pointer, issue.code] as const)
}

describe('buildModel', () => {
  it('brings the forms of the engine, which packs may extend but not define', () => {
    const model = built([])
    expect([...model.forms.keys()]).toEqual(['delegation', 'role', 'team', 'user'])
    expect(model.forms.get('team')?.fields.get('parent')?.definition.tree).toBe(true)
    expect(refused([{ kind: 'form', name: 'user', fields: [] }])).toEqual([['/form/user', 'system-name']])
  })

  it('types fields by their kind and knows what is computed', () => {
    const model = built([customer, order])
    expect(model.forms.get('order')?.fields.get('total')).toMatchObject({
      type: { is: 'decimal', scale: 2 },
      computed: 'formula',
      stored: true,
    })
    expect(model.forms.get('order')?.fields.get('lines')?.table).toMatchObject({ form: 'order', table: 'lines' })
    expect(model.forms.get('customer')?.fields.get('ordered')?.computed).toBe('rollup')
  })

  it('shows links and roll-ups from the other end', () => {
    const model = built([customer, order])
    expect(model.forms.get('customer')?.incoming.map(({ form, field }) => [form, field.name])).toEqual([
      ['order', 'customer'],
    ])
    expect(
      model.forms.get('order')?.feeds.map(({ target, source }) => [target.form, target.field.name, source.form]),
    ).toEqual([['customer', 'ordered', 'order']])
  })

  it('gives a form its lifecycle', () => {
    const lifecycle: Definition = {
      kind: 'lifecycle',
      name: 'order',
      form: 'order',
      initial: 'draft',
      states: [{ name: 'draft' }],
      transitions: [],
    }
    expect(built([customer, order, lifecycle]).forms.get('order')?.lifecycle?.initial).toBe('draft')
  })

  it('merges extensions in the order of requires, whatever the order given', () => {
    const extension = (name: string): Definition => ({
      kind: 'form',
      extends: 'customer',
      fields: [{ name, type: 'text', label: name }],
    })
    const sources = [
      ...from('b', pack('b', ['a']), extension('second')),
      ...from('a', pack('a', ['base']), extension('first')),
      ...from('base', pack('base'), customer, order),
    ]
    const names = [...(built(sources).forms.get('customer')?.fields.keys() ?? [])]
    expect(names).toEqual(['name', 'tier', 'ordered', 'first', 'second'])
    expect(built(sources).hash).toBe(built([...sources].reverse()).hash)
  })

  it('adds table columns, options, checks, measures, unique groups and layout', () => {
    const extension: Definition = {
      kind: 'form',
      extends: 'order',
      fields: [
        { name: 'note', type: 'text' },
        { name: 'lines', fields: [{ name: 'quantity', type: 'decimal' }] } as never,
      ],
      checks: [{ name: 'positive', assert: true, message: 'Positive' }],
      measures: [{ name: 'orders', agg: 'count' }],
      unique: [['customer', 'note']],
      layout: {
        tabs: [{ id: 'more', sections: [] }],
        sections: [{ id: 'notes', after: 'head', items: [{ field: 'note' }] }],
        items: [
          { id: 'hint', text: 'Hint', after: 'customer' },
          { field: 'lines', columns: ['quantity'] },
        ],
      },
    }
    const options: Definition = {
      kind: 'form',
      extends: 'customer',
      fields: [{ name: 'tier', options: [{ value: 'silver' }] } as never],
    }
    const model = built([customer, order, extension, options])
    const form = model.forms.get('order')
    expect([...(form?.fields.get('lines')?.table?.fields.keys() ?? [])]).toEqual(['amount', 'quantity'])
    expect(form?.definition).toMatchObject({
      checks: [{ name: 'positive' }],
      measures: [{ name: 'orders' }],
      unique: [['customer', 'note']],
    })
    expect(form?.definition.layout?.tabs).toMatchObject([
      {
        id: 'main',
        sections: [
          { id: 'head', items: [{ field: 'customer' }, { id: 'hint' }] },
          { id: 'notes' },
          { id: 'goods', items: [{ field: 'lines', columns: ['amount', 'quantity'] }, { field: 'total' }] },
        ],
      },
      { id: 'more' },
    ])
    expect(model.forms.get('customer')?.fields.get('tier')?.type).toEqual({ is: 'text', options: ['gold', 'silver'] })
  })

  it('refuses an extension that changes, is without its base, or of a pack that is not required', () => {
    expect(refused([customer, order, { kind: 'form', extends: 'customer', title: { var: 'name' } }])).toEqual([
      ['/form/customer/title', 'extension-changes'],
    ])
    expect(refused([{ kind: 'form', extends: 'nothing' }])).toEqual([['/form/nothing', 'extends-missing']])
    expect(
      refused([
        ...from('a', pack('a'), customer, order),
        ...from('b', pack('b'), { kind: 'form', extends: 'customer' }),
      ]),
    ).toEqual([['/form/customer', 'extends-not-required']])
    expect(
      refused([
        customer,
        order,
        { kind: 'form', extends: 'order', layout: { items: [{ id: 'x', text: 'x', after: 'nowhere' }] } },
      ]),
    ).toEqual([['/form/order/layout/items/x/after', 'unknown-after']])
  })

  it('the workspace puts fields and the layout in the place of a pack’s; the pack’s definitions stay as they are', () => {
    const changed: Definition = {
      kind: 'form',
      extends: 'customer',
      fields: [{ name: 'x_level', type: 'text' }],
      replaces: {
        label: 'Client',
        fields: [{ name: 'name', type: 'text', label: 'Full name' }],
        layout: { tabs: [{ id: 'main', sections: [{ id: 'all', items: [{ field: 'x_level' }, { field: 'name' }] }] }] },
      },
    }
    const sources = [...from('a', pack('a'), customer, order), { definition: changed }]
    const model = built(sources)
    expect(model.forms.get('customer')?.definition).toMatchObject({
      label: 'Client',
      fields: [{ name: 'name', label: 'Full name' }, { name: 'tier' }, { name: 'ordered' }, { name: 'x_level' }],
    })
    expect(model.forms.get('customer')?.definition.fields[0]).not.toHaveProperty('required')
    expect(model.forms.get('customer')?.definition.layout?.tabs?.[0]?.sections[0]?.items).toEqual([
      { field: 'x_level' },
      { field: 'name' },
    ])
    expect(model.sources.find(({ definition }) => definition.name === 'customer')?.definition).toBe(customer)
  })

  it('nobody replaces a type, or what is not there; a pack replaces nothing', () => {
    const replacing = (field: FormDefinition['fields'][number]): Definition => ({
      kind: 'form',
      extends: 'customer',
      replaces: { fields: [field] },
    })
    expect(refused([customer, order, replacing({ name: 'name', type: 'integer' })])).toEqual([
      ['/form/customer/replaces/fields/name/type', 'extension-changes'],
    ])
    expect(refused([customer, order, replacing({ name: 'nothing', type: 'text' })])).toEqual([
      ['/form/customer/replaces/fields/nothing', 'unknown-field'],
    ])
    expect(
      refused([
        ...from('a', pack('a'), customer, order),
        ...from('b', pack('b', ['a']), replacing({ name: 'name', type: 'text' })),
      ]),
    ).toEqual([['/form/customer/replaces', 'extension-changes']])
    expect(refused([{ ...customer, replaces: {} } as Definition, order])).toEqual([
      ['/form/customer/replaces', 'only-in-extension'],
    ])
  })

  it('refuses a name taken twice, an unknown kind and packs that require each other', () => {
    expect(refused([customer, customer, order])).toEqual([['/form/customer', 'name-taken']])
    expect(refused([{ kind: 'form', name: 'a', fields: [{ name: 'x', type: 'nonsense' }] }])).toEqual([
      ['/form/a/fields/x/type', 'unknown-kind'],
    ])
    expect(refused([pack('a', ['b']), pack('b', ['a'])])).toEqual([['/pack/a/requires', 'pack-cycle']])
  })

  it('puts a group of the menu behind the one that it follows, and those for the end last', () => {
    const group = (id: string, more: Partial<MenuGroup> = {}): MenuGroup => ({ id, label: id, items: [], ...more })
    const first: Definition = {
      ...pack('a'),
      menu: [group('basics', { place: 'end' }), group('sales'), group('goods', { after: 'missing' })],
    }
    const second: Definition = {
      ...pack('b', ['a']),
      menu: [
        group('desk'),
        group('service', { after: 'sales' }),
        group('left', { after: 'right' }),
        group('right', { after: 'left' }),
      ],
    }
    expect(built([first, second]).menu.map(({ id }) => id)).toEqual([
      'sales',
      'service',
      'goods',
      'desk',
      'left',
      'right',
      'basics',
    ])
  })

  it('merges menus by group in pack order and grants into roles', () => {
    const menu = (name: string, requires: readonly string[], view: string): Definition => ({
      ...pack(name, requires),
      menu: [{ id: 'sales', label: name, items: [{ view }] }],
    })
    const role: Definition = { kind: 'role', name: 'rep', grants: [{ form: 'customer', can: ['read'] }] }
    const more: Definition = { kind: 'role', extends: 'rep', grants: [{ form: 'order', can: ['read'] }] }
    const model = built([menu('b', ['a'], 'orders'), menu('a', [], 'customers'), customer, order, role, more])
    expect(model.menu).toEqual([{ id: 'sales', label: 'a', items: [{ view: 'customers' }, { view: 'orders' }] }])
    expect(model.roles.get('rep')?.grants.map((grant) => grant.form)).toEqual(['customer', 'order'])
  })
})
