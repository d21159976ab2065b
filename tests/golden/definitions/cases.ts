/** One faulty definition for each semantic check: what is said, and where. */
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

type Loose = Record<string, unknown>

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

const withFields = (form: Loose, ...fields: readonly Loose[]): Loose => ({
  ...form,
  fields: [...(form.fields as readonly Loose[]), ...fields.map((field) => ({ label: 'X', ...field }))],
})
const replaced = (form: Loose, field: Loose): Loose => ({
  ...form,
  fields: (form.fields as readonly Loose[]).map((one) => (one.name === field.name ? { ...one, ...field } : one)),
})
const field = (more: Loose): readonly Loose[] => [withFields(customer, { name: 'x', ...more })]
const form = (more: Loose): readonly Loose[] => [{ ...customer, ...more }]
const flowOf = (more: Loose): readonly Loose[] => [
  { kind: 'flow', name: 'f', label: 'F', form: 'order', first: 'a', steps: [{ name: 'a', type: 'end' }], ...more },
]
const step = (more: Loose): readonly Loose[] =>
  flowOf({
    steps: [
      { name: 'a', ...more },
      { name: 'z', type: 'end' },
    ],
  })
const life = (more: Loose): readonly Loose[] => [{ ...lifecycle, ...more }]
const transition = (more: Loose): readonly Loose[] =>
  life({ transitions: [{ name: 'send', label: 'Send', from: ['draft'], to: 'sent', ...more }] })
const view = (more: Loose): readonly Loose[] => [
  { kind: 'view', name: 'v', label: 'V', form: 'order', type: 'list', ...more },
]
const role = (more: Loose): readonly Loose[] => [
  { kind: 'role', name: 'r', label: 'R', grants: [{ form: 'order', can: ['read'], ...more }] },
]
const report = (more: Loose): readonly Loose[] => [{ kind: 'report', name: 'r', label: 'R', form: 'customer', ...more }]
const dashboard = (more: Loose): readonly Loose[] => [{ kind: 'dashboard', name: 'd', label: 'D', tiles: [], ...more }]
const tile = (more: Loose): readonly Loose[] => dashboard({ tiles: [{ id: 't', at: [0, 0, 3, 2], ...more }] })
const print = (block: Loose): readonly Loose[] => [
  { kind: 'print', name: 'p', label: 'P', form: 'order', body: [{ id: 'b', ...block }] },
]
const calendar = (more: Loose): readonly Loose[] => [
  {
    kind: 'calendar',
    name: 'c',
    label: 'C',
    zone: 'Asia/Shanghai',
    week: [{ name: 'mon', hours: [['09:00', '12:00']] }],
    ...more,
  },
]
const pack = (more: Loose): readonly Loose[] => [
  { kind: 'pack', formloom: 1, name: 'p', version: '1.0.0', label: 'P', ...more },
]
const section = (items: readonly Loose[], more: Loose = {}): readonly Loose[] =>
  form({ layout: { tabs: [{ id: 'main', sections: [{ id: 'head', items, ...more }] }] } })

const $ = (title: string, definitions: readonly Loose[], pointer: string, code: string): Case => ({
  title,
  definitions,
  issue: [pointer, code],
})
const warn = (title: string, definitions: readonly Loose[], pointer: string, code: string): Case => ({
  ...$(title, definitions, pointer, code),
  severity: 'warning',
})

export const cases: readonly Case[] = [
  // Names
  $(
    'a field named like a system field',
    field({ name: 'created_at', type: 'date' }),
    '/form/customer/fields/created_at',
    'system-name',
  ),
  ...['deleted_at', 'parent_id', 'position', 'target_id', 'warnings'].map((name) =>
    $(
      `a field named ${name}, like a column of the store`,
      field({ name, type: 'text' }),
      `/form/customer/fields/${name}`,
      'system-name',
    ),
  ),
  $(
    'a role named like the administrator',
    [{ kind: 'role', name: 'admin', label: 'A', grants: [] }],
    '/role/admin',
    'system-name',
  ),
  $(
    'two states of one name',
    life({
      states: [
        { name: 'draft', label: 'D' },
        { name: 'draft', label: 'D' },
      ],
    }),
    '/lifecycle/order/states/draft',
    'name-taken',
  ),
  {
    ...$(
      'a name of the workspace in a pack',
      [{ kind: 'form', name: 'x_own', label: 'X', fields: [] }],
      '/form/x_own',
      'workspace-prefix',
    ),
    pack: 'p',
  },
  {
    ...$(
      'a field of the workspace in a pack',
      [{ kind: 'form', name: 'own', label: 'X', fields: [{ name: 'x_a', type: 'text', label: 'X' }] }],
      '/form/own/fields/x_a',
      'workspace-prefix',
    ),
    pack: 'p',
  },
  // Fields
  $(
    'required and never visible',
    field({ type: 'text', required: true, visible: false }),
    '/form/customer/fields/x/required',
    'required-hidden',
  ),
  $(
    'encrypted and searched',
    field({ type: 'text', encrypted: true, search: true }),
    '/form/customer/fields/x/encrypted',
    'encrypted-search',
  ),
  warn(
    'when_hidden of a field that is always visible',
    field({ type: 'text', when_hidden: 'clear' }),
    '/form/customer/fields/x/when_hidden',
    'never-hidden',
  ),
  $(
    'a table in a table',
    field({
      type: 'table',
      fields: [{ name: 'inner', type: 'table', label: 'I', fields: [{ name: 'a', type: 'text', label: 'A' }] }],
    }),
    '/form/customer/fields/x/fields/inner',
    'nested-table',
  ),
  $(
    'a formula and a roll-up',
    field({ type: 'integer', formula: 1, rollup: { form: 'order', link: 'customer', op: 'count' } }),
    '/form/customer/fields/x/rollup',
    'formula-and-rollup',
  ),
  $(
    'a default of a computed field',
    field({ type: 'integer', formula: 1, default: 2 }),
    '/form/customer/fields/x/default',
    'computed-default',
  ),
  $(
    'a kind that cannot be computed',
    field({ type: 'sequence', pattern: 'A-{###}', formula: 'a' }),
    '/form/customer/fields/x/formula',
    'not-computable',
  ),
  $(
    'stored without a formula',
    field({ type: 'integer', stored: false }),
    '/form/customer/fields/x/stored',
    'stored-without-formula',
  ),
  $(
    'unique and computed when read',
    field({ type: 'integer', stored: false, formula: 1, unique: true }),
    '/form/customer/fields/x/stored',
    'unstored-index',
  ),
  $(
    'a default that is not an option',
    field({ type: 'choice', options: [{ value: 'a' }], default: 'b' }),
    '/form/customer/fields/x/default',
    'not-an-option',
  ),
  $('lowest above highest', field({ type: 'integer', min: 5, max: 1 }), '/form/customer/fields/x/min', 'min-above-max'),
  $(
    'a runaway pattern',
    field({ type: 'text', pattern: '(a+)+$' }),
    '/form/customer/fields/x/pattern',
    'unsafe-pattern',
  ),
  // Links
  $('a link to nowhere', field({ type: 'link', to: 'nowhere' }), '/form/customer/fields/x/to', 'unknown-form'),
  $(
    'a link to rows of no table',
    field({ type: 'link', to: 'order', table: 'nothing' }),
    '/form/customer/fields/x/table',
    'unknown-table',
  ),
  $(
    'a tree over another form',
    field({ type: 'link', to: 'order', tree: true }),
    '/form/customer/fields/x/tree',
    'tree-elsewhere',
  ),
  warn(
    'a required link that is cleared',
    field({ type: 'link', to: 'order', required: true, on_delete: 'clear' }),
    '/form/customer/fields/x/on_delete',
    'clear-required',
  ),
  $(
    'a copy into no field',
    field({ type: 'link', to: 'order', copy: { nothing: 'note' } }),
    '/form/customer/fields/x/copy/nothing',
    'unknown-field',
  ),
  $(
    'a copy from no field',
    field({ type: 'link', to: 'order', copy: { name: 'nothing' } }),
    '/form/customer/fields/x/copy/name',
    'unknown-field',
  ),
  $(
    'a copy of another type',
    field({ type: 'link', to: 'order', copy: { name: 'total' } }),
    '/form/customer/fields/x/copy/name',
    'copy-type',
  ),
  $(
    'a copy into a computed field',
    field({ type: 'link', to: 'order', copy: { ordered: 'total' } }),
    '/form/customer/fields/x/copy/ordered',
    'computed-target',
  ),
  $(
    'a currency that is no field',
    field({ type: 'money', currency: 'nothing' }),
    '/form/customer/fields/x/currency',
    'unknown-field',
  ),
  $(
    'a currency of a parent that is not there',
    field({ type: 'money', currency: '$parent.tier' }),
    '/form/customer/fields/x/currency',
    'not-here',
  ),
  $(
    'a sequence over no field',
    field({ type: 'sequence', pattern: '{nothing}-{###}' }),
    '/form/customer/fields/x/pattern',
    'unknown-field',
  ),
  $(
    'a sequence that waits for no transition',
    field({ type: 'sequence', pattern: 'A-{###}', on: 'post' }),
    '/form/customer/fields/x/on',
    'unknown-transition',
  ),
  $(
    'a filter over no field',
    field({ type: 'link', to: 'order', filter: { '==': [{ var: 'nothing' }, 1] } }),
    '/form/customer/fields/x/filter/==/0/var',
    'unknown-field',
  ),
  // Roll-ups
  $(
    'a roll-up of no form',
    field({ type: 'integer', rollup: { form: 'nowhere', link: 'customer', op: 'count' } }),
    '/form/customer/fields/x/rollup/form',
    'unknown-form',
  ),
  $(
    'a roll-up of no table',
    field({ type: 'integer', rollup: { form: 'order', table: 'nothing', link: 'customer', op: 'count' } }),
    '/form/customer/fields/x/rollup/table',
    'unknown-table',
  ),
  $(
    'a roll-up over no link',
    field({ type: 'integer', rollup: { form: 'order', link: 'note', op: 'count' } }),
    '/form/customer/fields/x/rollup/link',
    'field-not-link',
  ),
  $(
    'a roll-up over a link elsewhere',
    [withFields(order, { name: 'x', type: 'integer', rollup: { form: 'order', link: 'customer', op: 'count' } })],
    '/form/order/fields/x/rollup/link',
    'links-elsewhere',
  ),
  $(
    'a roll-up of no field',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum', field: 'nothing' } }),
    '/form/customer/fields/x/rollup/field',
    'unknown-field',
  ),
  $(
    'a roll-up without its field',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum' } }),
    '/form/customer/fields/x/rollup/field',
    'missing-property',
  ),
  $(
    'a sum of texts',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum', field: 'note' } }),
    '/form/customer/fields/x/rollup/op',
    'rollup-operand',
  ),
  $(
    'a date in a field of money',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'max', field: 'ordered_on' } }),
    '/form/customer/fields/x/rollup/op',
    'rollup-type',
  ),
  $(
    'a roll-up of what is computed when read',
    [
      withFields(order, { name: 'late', type: 'integer', stored: false, formula: 1 }),
      withFields(customer, {
        name: 'x',
        type: 'integer',
        rollup: { form: 'order', link: 'customer', op: 'sum', field: 'late' },
      }),
    ],
    '/form/customer/fields/x/rollup/field',
    'rollup-unstored',
  ),
  $(
    'a roll-up that reads over a link',
    field({
      type: 'integer',
      rollup: { form: 'order', link: 'customer', op: 'count', where: { '==': [{ var: 'customer.name' }, 'a'] } },
    }),
    '/form/customer/fields/x/rollup/where/==/0/var',
    'link-not-here',
  ),
  // Formulas and rules
  $(
    'a formula over no field',
    field({ type: 'integer', formula: { '+': [{ var: 'nothing' }, 1] } }),
    '/form/customer/fields/x/formula/+/0/var',
    'unknown-field',
  ),
  $(
    'a stored formula over a link',
    [withFields(order, { name: 'x', type: 'text', formula: { var: 'customer.name' } })],
    '/form/order/fields/x/formula',
    'stored-formula',
  ),
  $(
    'a stored formula over today',
    field({ type: 'date', formula: { var: '$today' } }),
    '/form/customer/fields/x/formula',
    'stored-formula',
  ),
  $(
    'a stored formula over one computed when read',
    field({ type: 'integer', formula: { '+': [{ var: 'late' }, 1] } }).map((one) =>
      withFields(one, { name: 'late', type: 'integer', stored: false, formula: 1 }),
    ),
    '/form/customer/fields/x/formula',
    'stored-reads-unstored',
  ),
  $(
    'a rule that is no condition',
    field({ type: 'text', required: { var: 'name' } }),
    '/form/customer/fields/x/required/var',
    'type-mismatch',
  ),
  $(
    'a circle of formulas',
    [
      withFields(
        customer,
        { name: 'a', type: 'integer', formula: { '+': [{ var: 'b' }, 1] } },
        { name: 'b', type: 'integer', formula: { '+': [{ var: 'a' }, 1] } },
      ),
    ],
    '/form/customer/fields/a/formula',
    'formula-cycle',
  ),
  $(
    'a circle over rows and parent',
    [replaced(order, { name: 'discount', formula: { '+': [{ var: 'total' }, 1] } })].map((one) =>
      replaced(one, {
        name: 'lines',
        fields: [{ name: 'amount', type: 'money', label: 'A', formula: { '+': [{ var: '$parent.discount' }, 1] } }],
      }),
    ),
    '/form/order/fields/discount/formula',
    'formula-cycle',
  ),
  $(
    'a circle of roll-ups over links',
    [
      withFields(customer, {
        name: 'x',
        type: 'integer',
        rollup: { form: 'customer', link: 'parent', op: 'sum', field: 'x' },
      }),
    ],
    '/form/customer/fields/x/rollup',
    'formula-cycle',
  ),
  $('a title over no field', form({ title: { var: 'nothing' } }), '/form/customer/title/var', 'unknown-field'),
  // Parts of a form
  $(
    'a check at no field',
    form({ checks: [{ name: 'c', assert: true, at: 'nothing', message: 'M' }] }),
    '/form/customer/checks/c/at',
    'unknown-field',
  ),
  $(
    'a check on no transition',
    form({ checks: [{ name: 'c', assert: true, on: ['send'], message: 'M' }] }),
    '/form/customer/checks/c/on/0',
    'unknown-transition',
  ),
  $(
    'a check that does not compile',
    form({ checks: [{ name: 'c', assert: { var: 'nothing' }, message: 'M' }] }),
    '/form/customer/checks/c/assert/var',
    'unknown-field',
  ),
  $('unique over no field', form({ unique: [['name', 'nothing']] }), '/form/customer/unique/0/1', 'unknown-field'),
  $('unique over a table', [{ ...order, unique: [['lines']] }], '/form/order/unique/0/0', 'not-comparable'),
  $(
    'a range that is no date',
    form({ no_overlap: [{ name: 'r', keys: ['name'], from: 'name', to: 'name' }] }),
    '/form/customer/no_overlap/r/from',
    'type-mismatch',
  ),
  $(
    'a lock that spares no field',
    form({ locked_when: { when: true, except: ['nothing'] } }),
    '/form/customer/locked_when/except/0',
    'unknown-field',
  ),
  $(
    'a measure of no field',
    form({ measures: [{ name: 'm', agg: 'sum', of: 'nothing' }] }),
    '/form/customer/measures/m/of',
    'unknown-field',
  ),
  $(
    'a sum of names',
    form({ measures: [{ name: 'm', agg: 'sum', of: 'name' }] }),
    '/form/customer/measures/m/of',
    'type-mismatch',
  ),
  $(
    'a measure both ways',
    form({ measures: [{ name: 'm', agg: 'count', calc: { measure: 'm' } }] }),
    '/form/customer/measures/m',
    'exactly-one',
  ),
  $(
    'a measure of no measure',
    form({ measures: [{ name: 'm', calc: { '+': [{ measure: 'nothing' }, 1] } }] }),
    '/form/customer/measures/m/calc',
    'unknown-measure',
  ),
  $(
    'a measure of itself',
    form({ measures: [{ name: 'm', calc: { '+': [{ measure: 'm' }, 1] } }] }),
    '/form/customer/measures/m/calc',
    'formula-cycle',
  ),
  // Layouts
  $(
    'an item without a field',
    section([{ field: 'nothing' }]),
    '/form/customer/layout/tabs/main/sections/head/items/nothing/field',
    'unknown-field',
  ),
  $(
    'an item that shows two things',
    section([{ field: 'name', text: 'T' }]),
    '/form/customer/layout/tabs/main/sections/head/items/name',
    'exactly-one',
  ),
  $(
    'a button without a transition',
    section([{ id: 'b', action: 'send' }]),
    '/form/customer/layout/tabs/main/sections/head/items/b/action',
    'unknown-transition',
  ),
  $(
    'columns of what is no table',
    section([{ field: 'name', columns: ['a'] }]),
    '/form/customer/layout/tabs/main/sections/head/items/name/columns',
    'field-not-table',
  ),
  $(
    'a column that is not there',
    [
      {
        ...order,
        layout: { tabs: [{ id: 'm', sections: [{ id: 's', items: [{ field: 'lines', columns: ['nothing'] }] }] }] },
      },
    ],
    '/form/order/layout/tabs/m/sections/s/items/lines/columns/0',
    'unknown-field',
  ),
  $(
    'a related panel over no link',
    section([{ id: 'b', panel: 'related', form: 'order', link: 'note' }]),
    '/form/customer/layout/tabs/main/sections/head/items/b/link',
    'links-elsewhere',
  ),
  $(
    'a timeline of a form',
    form({ layout: { tabs: [], aside: [{ panel: 'timeline', form: 'order' }] } }),
    '/form/customer/layout/aside/0/form',
    'property-not-for-type',
  ),
  $(
    'a place of an extension in a form',
    section([{ field: 'name', after: 'tier' }]),
    '/form/customer/layout/tabs/main/sections/head/items/name/after',
    'only-in-extension',
  ),
  $('an id twice', section([{ id: 'head', text: 'T' }]), '/form/customer/layout', 'name-taken'),
  warn(
    'a field that stands nowhere',
    section([{ field: 'name' }]),
    '/form/customer/fields/tier',
    'field-not-in-layout',
  ),
  warn(
    'an item wider than its section',
    section([{ field: 'name', span: 3 }], { columns: 2 }),
    '/form/customer/layout/tabs/main/sections/head/items/name/span',
    'span-too-wide',
  ),
  warn(
    'a field without a label',
    [{ ...customer, fields: [{ name: 'name', type: 'text' }, ...(customer.fields as readonly Loose[]).slice(1)] }],
    '/form/customer/fields/name/label',
    'label-missing',
  ),
  warn('a label in one language', form({ label: { en: 'Customer' } }), '/form/customer/label', 'label-missing'),
  warn('a plural in one language', form({ plural: { en: 'Customers' } }), '/form/customer/plural', 'label-missing'),
  // Lifecycles
  $('a lifecycle of no form', life({ form: 'nowhere' }), '/lifecycle/order/form', 'unknown-form'),
  $('a second lifecycle', [{ ...lifecycle, name: 'second' }], '/lifecycle/second/form', 'second-lifecycle'),
  $('an initial state that is not there', life({ initial: 'nowhere' }), '/lifecycle/order/initial', 'unknown-state'),
  $('a calendar that is not there', life({ calendar: 'office' }), '/lifecycle/order/calendar', 'unknown-calendar'),
  $(
    'a state that requires no field',
    life({
      states: [
        { name: 'draft', label: 'D', require: ['nothing'] },
        { name: 'sent', label: 'S' },
      ],
    }),
    '/lifecycle/order/states/draft/require/0',
    'unknown-field',
  ),
  warn('a state that nothing leads to', life({ transitions: [] }), '/lifecycle/order/states/sent', 'unreachable-state'),
  warn(
    'a final state with a way on',
    life({
      states: [
        { name: 'draft', label: 'D', final: true },
        { name: 'sent', label: 'S' },
      ],
    }),
    '/lifecycle/order/states/draft/final',
    'final-with-exit',
  ),
  $(
    'a transition from no state',
    transition({ from: ['nowhere'] }),
    '/lifecycle/order/transitions/send/from/0',
    'unknown-state',
  ),
  $(
    'a transition that asks for no field',
    transition({ ask: ['nothing'] }),
    '/lifecycle/order/transitions/send/ask/0',
    'unknown-field',
  ),
  $(
    'a guard over no field',
    transition({ guard: { var: 'nothing' }, message: 'M' }),
    '/lifecycle/order/transitions/send/guard/var',
    'unknown-field',
  ),
  warn(
    'a guard without a message',
    transition({ guard: { '>': [{ var: 'total' }, 0] } }),
    '/lifecycle/order/transitions/send/message',
    'guard-without-message',
  ),
  $(
    'a message without a guard',
    transition({ message: 'M' }),
    '/lifecycle/order/transitions/send/message',
    'message-without-guard',
  ),
  $(
    'an automatic transition without a guard',
    transition({ auto: true }),
    '/lifecycle/order/transitions/send/auto',
    'auto-without-guard',
  ),
  $(
    'a transition by no role',
    transition({ by: [{ role: 'nobody' }] }),
    '/lifecycle/order/transitions/send/by/0/role',
    'unknown-role',
  ),
  $(
    'a transition by what is no person',
    transition({ by: [{ field: 'note' }] }),
    '/lifecycle/order/transitions/send/by/0/field',
    'field-not-person',
  ),
  $(
    'a person named twice over',
    transition({ by: [{ role: 'everyone', starter: true }] }),
    '/lifecycle/order/transitions/send/by/0',
    'exactly-one',
  ),
  {
    ...$(
      'a user named by a pack',
      [
        {
          ...lifecycle,
          name: 'p_order',
          form: 'p_form',
          transitions: [{ name: 'send', label: 'S', from: ['draft'], to: 'sent', by: [{ user: '019a9f' }] }],
        },
        { kind: 'form', name: 'p_form', label: 'P', fields: [] },
      ],
      '/lifecycle/p_order/transitions/send/by/0/user',
      'user-in-pack',
    ),
    pack: 'p',
  },
  $(
    'an effect with two verbs',
    transition({ do: [{ name: 'e', set: { note: 'a' }, emit: 'b' }] }),
    '/lifecycle/order/transitions/send/do/e',
    'exactly-one',
  ),
  $(
    'an effect with a word of another verb',
    transition({ do: [{ name: 'e', set: { note: 'a' }, payload: {} }] }),
    '/lifecycle/order/transitions/send/do/e/payload',
    'property-not-for-type',
  ),
  $(
    'an effect that sets no field',
    transition({ do: [{ name: 'e', set: { nothing: 'a' } }] }),
    '/lifecycle/order/transitions/send/do/e/set/nothing',
    'unknown-field',
  ),
  $(
    'an effect that starts no flow',
    transition({ do: [{ name: 'e', start: 'nothing' }] }),
    '/lifecycle/order/transitions/send/do/e/start',
    'unknown-flow',
  ),
  $(
    'an effect that renders no print',
    transition({ do: [{ name: 'e', print: 'nothing' }] }),
    '/lifecycle/order/transitions/send/do/e/print',
    'unknown-print',
  ),
  $(
    'a placeholder without a value',
    transition({ do: [{ name: 'e', notify: [{ role: 'everyone' }], text: 'Order {number}' }] }),
    '/lifecycle/order/transitions/send/do/e/text',
    'placeholder-without-value',
  ),
  $(
    'a value without a placeholder',
    transition({ do: [{ name: 'e', notify: [{ role: 'everyone' }], text: 'Order', with: { number: 1 } }] }),
    '/lifecycle/order/transitions/send/do/e/with/number',
    'value-without-placeholder',
  ),
  // Flows
  $('a flow of no form', flowOf({ form: 'nowhere' }), '/flow/f/form', 'unknown-form'),
  $('a first step that is not there', flowOf({ first: 'nowhere' }), '/flow/f/first', 'unknown-step'),
  $(
    'an edge to no step',
    step({ type: 'do', do: [], next: { done: 'nowhere' } }),
    '/flow/f/steps/a/next/done',
    'unknown-step',
  ),
  $(
    'an edge from no port',
    step({ type: 'do', do: [], next: { done: 'z', other: 'z' } }),
    '/flow/f/steps/a/next/other',
    'unknown-port',
  ),
  $(
    'a port without an edge',
    step({ type: 'approve', who: [], decide: { mode: 'any' }, next: { approved: 'z' } }),
    '/flow/f/steps/a/next/rejected',
    'port-without-edge',
  ),
  $(
    'a step with a word of another',
    step({ type: 'do', do: [], cases: [{ name: 'c', when: true }], next: { done: 'z' } }),
    '/flow/f/steps/a/cases',
    'property-not-for-type',
  ),
  $('a step without what it needs', step({ type: 'approve', next: {} }), '/flow/f/steps/a/who', 'missing-property'),
  $(
    'a decision with a word of another mode',
    step({ type: 'approve', who: [], decide: { mode: 'any', more_than: '0.5' }, next: {} }),
    '/flow/f/steps/a/decide/more_than',
    'property-not-for-type',
  ),
  warn('a step that nothing leads to', step({ type: 'end' }), '/flow/f/steps/z', 'unreachable-step'),
  $(
    'a trigger with a word of another',
    flowOf({ triggers: [{ name: 't', on: 'created', cron: '0 8 * * 1' }] }),
    '/flow/f/triggers/t/cron',
    'property-not-for-type',
  ),
  // Views
  $('a view of no form', view({ form: 'nowhere' }), '/view/v/form', 'unknown-form'),
  $('a column that is no field', view({ columns: ['number', 'nothing'] }), '/view/v/columns/1', 'unknown-field'),
  $('a sort by a table', view({ sort: ['-lines'] }), '/view/v/sort/0', 'not-comparable'),
  $('a filter of a view over no field', view({ filter: { var: 'nothing' } }), '/view/v/filter/var', 'unknown-field'),
  $('a view for no role', view({ roles: ['nobody'] }), '/view/v/roles/0', 'unknown-role'),
  $('a board by nothing', view({ type: 'board' }), '/view/v/by', 'missing-property'),
  $('a board by a text', view({ type: 'board', by: 'note' }), '/view/v/by', 'type-mismatch'),
  $('a list by something', view({ by: 'state' }), '/view/v/by', 'property-not-for-type'),
  $('a calendar of a text', view({ type: 'calendar', date: 'note' }), '/view/v/date', 'type-mismatch'),
  $('a tree over another form', view({ type: 'tree', parent: 'customer' }), '/view/v/parent', 'type-mismatch'),
  $(
    'a layout of a view without a field',
    view({ type: 'form', layout: { tabs: [{ id: 'm', sections: [{ id: 's', items: [{ field: 'nothing' }] }] }] } }),
    '/view/v/layout/tabs/m/sections/s/items/nothing/field',
    'unknown-field',
  ),
  // Roles
  $('a grant on no form', role({ form: 'nowhere' }), '/role/r/grants/0/form', 'unknown-form'),
  $('a grant that hides no field', role({ hide: ['lines.nothing'] }), '/role/r/grants/0/hide/0', 'unknown-field'),
  $('a grant of no transition', role({ can: ['transition:nothing'] }), '/role/r/grants/0/can/0', 'unknown-transition'),
  $('a rule over no field', role({ where: { var: 'nothing' } }), '/role/r/grants/0/where/var', 'unknown-field'),
  $('a mask over a number', role({ mask: ['total'] }), '/role/r/grants/0/mask/0', 'type-mismatch'),
  // Packs
  $(
    'a menu to no view',
    pack({ menu: [{ id: 'g', label: 'G', items: [{ view: 'nothing' }] }] }),
    '/pack/p/menu/g/items/0/view',
    'unknown-view',
  ),
  $(
    'a menu to no report',
    pack({ menu: [{ id: 'g', label: 'G', items: [{ report: 'nothing' }] }] }),
    '/pack/p/menu/g/items/0/report',
    'unknown-report',
  ),
  $(
    'a menu to no dashboard',
    pack({ menu: [{ id: 'g', label: 'G', items: [{ dashboard: 'nothing' }] }] }),
    '/pack/p/menu/g/items/0/dashboard',
    'unknown-dashboard',
  ),
  $(
    'a menu to two things',
    pack({ menu: [{ id: 'g', label: 'G', items: [{ form: 'order', view: 'v' }] }] }),
    '/pack/p/menu/g/items/0',
    'exactly-one',
  ),
  $('a pack that is not there', pack({ requires: { other: '^1.0.0' } }), '/pack/p/requires/other', 'pack-missing'),
  $(
    'a pack that is too old',
    [
      ...pack({ requires: { other: '^1.2.0' } }),
      { kind: 'pack', formloom: 1, name: 'other', version: '1.1.9', label: 'O' },
    ],
    '/pack/p/requires/other',
    'pack-version',
  ),
  // Calendars
  $('no such zone', calendar({ zone: 'Mars/Olympus' }), '/calendar/c/zone', 'unknown-zone'),
  $(
    'hours that overlap',
    calendar({
      week: [
        {
          name: 'mon',
          hours: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      ],
    }),
    '/calendar/c/week/mon/hours/1',
    'hours-order',
  ),
  $(
    'a holiday that ends before it begins',
    calendar({ holidays: [{ name: 'h', label: 'H', from: '2026-05-02', to: '2026-05-01' }] }),
    '/calendar/c/holidays/h/to',
    'ends-before',
  ),
  $(
    'a day that is not in the calendar',
    calendar({ holidays: [{ name: 'h', label: 'H', from: '2026-02-30' }] }),
    '/calendar/c/holidays/h/from',
    'not-a-date',
  ),
  $(
    'a make-up day like a day without hours',
    calendar({ workdays: [{ name: 'w', label: 'W', on: '2026-05-02', as: 'tue' }] }),
    '/calendar/c/workdays/w/as',
    'weekday-without-hours',
  ),
  // Reports, dashboards, prints
  $('a report of no form', report({ form: 'nowhere' }), '/report/r/form', 'unknown-form'),
  $(
    'a report over no field',
    report({ rows: [{ name: 'a', path: 'nothing' }] }),
    '/report/r/rows/a/path',
    'unknown-field',
  ),
  $('a report of no measure', report({ values: ['nothing'] }), '/report/r/values/0', 'unknown-measure'),
  $(
    'a report along no dimension',
    report({ show: { chart: 'bar', x: 'nothing' } }),
    '/report/r/show/x',
    'unknown-dimension',
  ),
  $('a history of a form without states', report({ source: 'state_history' }), '/report/r/source', 'no-lifecycle'),
  $(
    'a parameter of no kind',
    report({ params: [{ name: 'a', type: 'nonsense' }] }),
    '/report/r/params/a/type',
    'unknown-kind',
  ),
  $('a tile that shows nothing', tile({}), '/dashboard/d/tiles/t', 'exactly-one'),
  $('a tile of no report', tile({ report: 'nothing' }), '/dashboard/d/tiles/t/report', 'unknown-report'),
  $('a tile of no measure', tile({ measure: 'customer.nothing' }), '/dashboard/d/tiles/t/measure', 'unknown-measure'),
  $(
    'a tile beside the grid',
    tile({ measure: 'customer.customers', at: [10, 0, 4, 2] }),
    '/dashboard/d/tiles/t/at',
    'outside-grid',
  ),
  $(
    'a tile that binds no parameter',
    [...tile({ report: 'r', bind: { nothing: 'f' } }), ...report({})],
    '/dashboard/d/tiles/t/bind/nothing',
    'unknown-parameter',
  ),
  $(
    'a tile bound to no filter',
    [...tile({ report: 'r', bind: { a: 'nothing' } }), ...report({ params: [{ name: 'a', type: 'date' }] })],
    '/dashboard/d/tiles/t/bind/a',
    'unknown-filter',
  ),
  $(
    'a click on no tile',
    dashboard({ select: [{ tile: 'nothing', filters: ['nothing'] }] }),
    '/dashboard/d/select/0/tile',
    'unknown-tile',
  ),
  $('a print of no table', print({ table: 'note' }), '/print/p/body/b/table', 'unknown-table'),
  $('a print of nothing', print({}), '/print/p/body/b', 'exactly-one'),
  $('a print of no field', print({ field: 'nothing' }), '/print/p/body/b/field', 'unknown-field'),
]

/** The definitions of a case beside those of `base`. */
export function definitionsOf({ definitions, pack: owner }: Case): readonly SourcedDefinition[] {
  const kept = base.filter((one) => !definitions.some((other) => other.kind === one.kind && other.name === one.name))
  const given = definitions.map((definition) => ({
    definition: definition as unknown as Definition,
    ...(owner === undefined ? {} : { pack: owner }),
  }))
  return [...kept.map((definition) => ({ definition: definition as unknown as Definition })), ...given]
}
