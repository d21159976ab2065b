/** The job of the benches: customers and orders of ten owners, the same to the byte on every side. */
import type { Definition } from '#definitions/definition.ts'

export const owners = 10
export const password = 'correct horse battery staple'

export interface Sizes {
  readonly customers: number
  readonly orders: number
}

export function sizesOf(share: number): Sizes {
  return { customers: 10_000 * share, orders: 100_000 * share }
}

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
    kind: 'view',
    name: 'orders',
    label: 'Orders',
    form: 'order',
    type: 'list',
    columns: ['number', 'order_date', 'customer', 'total'],
    sort: ['-order_date'],
  },
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: ['customer', 'order'].map((form) => ({
      form,
      can: ['read', 'create', 'update', 'import', 'export'],
      where: { '==': [{ var: 'owner' }, { var: '$user.id' }] },
    })),
  },
]

/** Forms that nobody asks for: a company has them beside the two. */
export function otherForms(count: number): readonly Definition[] {
  return Array.from({ length: count }, (_, index) => ({
    kind: 'form' as const,
    name: `form_${index}`,
    label: `Form ${index}`,
    title: { var: 'f_0' },
    fields: Array.from({ length: 15 }, (_, field) => otherField(index, field)),
  }))
}

function otherField(form: number, index: number) {
  const name = `f_${index}`
  if (index === 12 && form > 0) return { name, type: 'link' as const, to: `form_${form - 1}` }
  if (index === 13) return { name, type: 'decimal' as const, scale: 2, min: 0 }
  if (index === 14) return { name, type: 'decimal' as const, scale: 2, formula: { '*': [{ var: 'f_13' }, 2] } }
  const kinds = ['text', 'integer', 'date', 'boolean'] as const
  return {
    name,
    label: `Field ${index}`,
    type: kinds[index % kinds.length] ?? 'text',
    ...(index === 0 ? { required: true } : {}),
  }
}

/** Record `index` of a form, wire values; the same on every side. */
export function customerAt(index: number) {
  return {
    id: idAt('c', index),
    owner: index % owners,
    name: `Customer ${index} 客户`,
    tier: ['a', 'b', 'c'][index % 3] as string,
    credit: `${(index * 37) % 100_000}.50`,
  }
}

export function orderAt(index: number, { customers }: Sizes) {
  const quantity = 1 + (index % 40)
  const cents = 100 + ((index * 7919) % 99_900)
  const customer = index % customers
  return {
    id: idAt('0', index),
    owner: customer % owners,
    number: `SO-${String(index).padStart(7, '0')}`,
    customer: idAt('c', customer),
    order_date: dayAt(index % 700),
    status: ['draft', 'sent', 'paid'][index % 3] as string,
    quantity,
    price: money(cents),
    total: money(cents * quantity),
    note: `Note ${index}`,
  }
}

export type Order = ReturnType<typeof orderAt>

function idAt(kind: 'c' | '0', index: number): string {
  return `0193${kind}000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`
}

function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function dayAt(offset: number): string {
  return new Date(Date.UTC(2025, 0, 1) + offset * 86_400_000).toISOString().slice(0, 10)
}
