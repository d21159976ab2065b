/** What the cases of the semantic checks are made of: a sound base, and one part of it changed. */
import type { Definition, SourcedDefinition } from '#definitions/definition.ts'

export interface Case {
  readonly title: string
  /** Beside the definitions of `base`; a definition of the same kind and name replaces that of `base`. */
  readonly definitions: readonly Record<string, unknown>[]
  readonly pack?: string
  /** Pointer and code of what must be among the issues. */
  readonly issue: readonly [pointer: string, code: string]
  readonly severity?: 'warning'
}

export type Loose = Record<string, unknown>

export const order: Loose = {
  kind: 'form',
  name: 'order',
  label: 'Order',
  fields: [
    { name: 'number', type: 'sequence', label: 'Number', pattern: 'SO-{#####}' },
    { name: 'customer', type: 'link', to: 'customer', label: 'Customer' },
    { name: 'ordered_on', type: 'date', label: 'Date' },
    { name: 'discount', type: 'percent', label: 'Discount' },
    { name: 'note', type: 'text', label: 'Note' },
    {
      name: 'lines',
      type: 'table',
      label: 'Lines',
      fields: [
        { name: 'quantity', type: 'decimal', label: 'Quantity' },
        { name: 'price', type: 'money', label: 'Price' },
        { name: 'amount', type: 'money', label: 'Amount', formula: { '*': [{ var: 'quantity' }, { var: 'price' }] } },
      ],
    },
    { name: 'total', type: 'money', label: 'Total', formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } },
  ],
}
export const customer: Loose = {
  kind: 'form',
  name: 'customer',
  label: 'Customer',
  title: { var: 'name' },
  fields: [
    { name: 'name', type: 'text', label: 'Name' },
    { name: 'tier', type: 'choice', label: 'Tier', options: [{ value: 'gold' }, { value: 'silver' }] },
    { name: 'parent', type: 'link', to: 'customer', tree: true, label: 'Parent' },
    {
      name: 'ordered',
      type: 'money',
      label: 'Ordered',
      rollup: { form: 'order', link: 'customer', op: 'sum', field: 'total' },
    },
  ],
  measures: [{ name: 'customers', agg: 'count', label: 'Customers' }],
}
export const lifecycle: Loose = {
  kind: 'lifecycle',
  name: 'order',
  label: 'Order',
  form: 'order',
  initial: 'draft',
  states: [
    { name: 'draft', label: 'Draft' },
    { name: 'sent', label: 'Sent', final: true },
  ],
  transitions: [{ name: 'send', label: 'Send', from: ['draft'], to: 'sent' }],
}
export const base: readonly Loose[] = [order, customer, lifecycle]

export const withFields = (form: Loose, ...fields: readonly Loose[]): Loose => ({
  ...form,
  fields: [...(form.fields as readonly Loose[]), ...fields.map((field) => ({ label: 'X', ...field }))],
})
export const replaced = (form: Loose, field: Loose): Loose => ({
  ...form,
  fields: (form.fields as readonly Loose[]).map((one) => (one.name === field.name ? { ...one, ...field } : one)),
})
export const field = (more: Loose): readonly Loose[] => [withFields(customer, { name: 'x', ...more })]
export const form = (more: Loose): readonly Loose[] => [{ ...customer, ...more }]
export const flowOf = (more: Loose): readonly Loose[] => [
  { kind: 'flow', name: 'f', label: 'F', form: 'order', first: 'a', steps: [{ name: 'a', type: 'end' }], ...more },
]
export const step = (more: Loose): readonly Loose[] =>
  flowOf({
    steps: [
      { name: 'a', ...more },
      { name: 'z', type: 'end' },
    ],
  })
export const life = (more: Loose): readonly Loose[] => [{ ...lifecycle, ...more }]
export const transition = (more: Loose): readonly Loose[] =>
  life({ transitions: [{ name: 'send', label: 'Send', from: ['draft'], to: 'sent', ...more }] })
export const view = (more: Loose): readonly Loose[] => [
  { kind: 'view', name: 'v', label: 'V', form: 'order', type: 'list', ...more },
]
export const role = (more: Loose): readonly Loose[] => [
  { kind: 'role', name: 'r', label: 'R', grants: [{ form: 'order', can: ['read'], ...more }] },
]
export const report = (more: Loose): readonly Loose[] => [
  { kind: 'report', name: 'r', label: 'R', form: 'customer', ...more },
]
export const dashboard = (more: Loose): readonly Loose[] => [
  { kind: 'dashboard', name: 'd', label: 'D', tiles: [], ...more },
]
export const tile = (more: Loose): readonly Loose[] => dashboard({ tiles: [{ id: 't', at: [0, 0, 3, 2], ...more }] })
export const print = (block: Loose): readonly Loose[] => [
  { kind: 'print', name: 'p', label: 'P', form: 'order', body: [{ id: 'b', ...block }] },
]
export const calendar = (more: Loose): readonly Loose[] => [
  {
    kind: 'calendar',
    name: 'c',
    label: 'C',
    zone: 'Asia/Shanghai',
    week: [{ name: 'mon', hours: [['09:00', '12:00']] }],
    ...more,
  },
]
export const pack = (more: Loose): readonly Loose[] => [
  { kind: 'pack', formloom: 1, name: 'p', version: '1.0.0', label: 'P', ...more },
]
export const section = (items: readonly Loose[], more: Loose = {}): readonly Loose[] =>
  form({ layout: { tabs: [{ id: 'main', sections: [{ id: 'head', items, ...more }] }] } })

export const refused = (title: string, definitions: readonly Loose[], pointer: string, code: string): Case => ({
  title,
  definitions,
  issue: [pointer, code],
})
export const warn = (title: string, definitions: readonly Loose[], pointer: string, code: string): Case => ({
  ...refused(title, definitions, pointer, code),
  severity: 'warning',
})

/** The definitions of a case beside those of `base`. */
export function definitionsOf({ definitions, pack: owner }: Case): readonly SourcedDefinition[] {
  const kept = base.filter((one) => !definitions.some((other) => other.kind === one.kind && other.name === one.name))
  const given = definitions.map((definition) => ({
    definition: definition as unknown as Definition,
    ...(owner === undefined ? {} : { pack: owner }),
  }))
  return [...kept.map((definition) => ({ definition: definition as unknown as Definition })), ...given]
}
