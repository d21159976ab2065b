/** The job of the benches: customers and orders of one owner among ten, the same for every side. */
import type { Definition } from '#definitions/definition.ts'

export const sizes = { customers: 10_000, orders: 100_000, owners: 10 } as const

export const benchForms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'customer',
    label: 'Customer',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true, max_length: 200 },
      { name: 'tier', type: 'choice', options: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
      { name: 'credit', type: 'decimal', scale: 2, min: 0 },
    ],
  },
  {
    kind: 'form',
    name: 'order',
    label: 'Order',
    title: { var: 'number' },
    fields: [
      { name: 'number', type: 'text', required: true, max_length: 40, index: true },
      { name: 'customer', type: 'link', to: 'customer', required: true },
      { name: 'order_date', type: 'date', required: true, index: true },
      {
        name: 'status',
        type: 'choice',
        options: [{ value: 'draft' }, { value: 'sent' }, { value: 'paid' }],
        default: 'draft',
      },
      { name: 'quantity', type: 'integer', min: 0 },
      { name: 'price', type: 'decimal', scale: 2, min: 0 },
      { name: 'total', type: 'decimal', scale: 2, formula: { '*': [{ var: 'quantity' }, { var: 'price' }] } },
      { name: 'note', type: 'text', max_length: 500 },
    ],
  },
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: ['customer', 'order'].map((form) => ({
      form,
      can: ['read', 'create', 'update'],
      where: { '==': [{ var: 'owner' }, { var: '$user.id' }] },
    })),
  },
]

/** Record `index` of a form, wire values; the same on every side. */
export function customerAt(index: number) {
  return {
    name: `Customer ${index} 客户`,
    tier: ['a', 'b', 'c'][index % 3] as string,
    credit: `${(index * 37) % 100_000}.50`,
  }
}

export function orderAt(index: number) {
  const quantity = 1 + (index % 40)
  const cents = 100 + ((index * 7919) % 99_900)
  return {
    number: `SO-${String(index).padStart(7, '0')}`,
    customer: index % sizes.customers,
    order_date: dayAt(index % 700),
    status: ['draft', 'sent', 'paid'][index % 3] as string,
    quantity,
    price: money(cents),
    total: money(cents * quantity),
    note: `Note ${index}`,
  }
}

function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function dayAt(offset: number): string {
  return new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
}
