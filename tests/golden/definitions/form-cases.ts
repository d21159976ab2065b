/** One faulty definition for each semantic check of a form and its fields: what is said, and where. */
import { type Case, customer, field, form, life, order, refused, replaced, warn, withFields } from './case-parts.ts'

export const formCases: readonly Case[] = [
  // Names
  refused(
    'a field named like a system field',
    field({ name: 'created_at', type: 'date' }),
    '/form/customer/fields/created_at',
    'system-name',
  ),
  ...['deleted_at', 'parent_id', 'position', 'target_id', 'warnings'].map((name) =>
    refused(
      `a field named ${name}, like a column of the store`,
      field({ name, type: 'text' }),
      `/form/customer/fields/${name}`,
      'system-name',
    ),
  ),
  refused(
    'a role named like the administrator',
    [{ kind: 'role', name: 'admin', label: 'A', grants: [] }],
    '/role/admin',
    'system-name',
  ),
  refused(
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
    ...refused(
      'a name of the workspace in a pack',
      [{ kind: 'form', name: 'x_own', label: 'X', fields: [] }],
      '/form/x_own',
      'workspace-prefix',
    ),
    pack: 'p',
  },
  {
    ...refused(
      'a field of the workspace in a pack',
      [{ kind: 'form', name: 'own', label: 'X', fields: [{ name: 'x_a', type: 'text', label: 'X' }] }],
      '/form/own/fields/x_a',
      'workspace-prefix',
    ),
    pack: 'p',
  },
  // Fields
  refused(
    'required and never visible',
    field({ type: 'text', required: true, visible: false }),
    '/form/customer/fields/x/required',
    'required-hidden',
  ),
  refused(
    'encrypted, which nothing does yet',
    field({ type: 'text', encrypted: true }),
    '/form/customer/fields/x/encrypted',
    'encrypted-unavailable',
  ),
  refused(
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
  refused(
    'a table in a table',
    field({
      type: 'table',
      fields: [{ name: 'inner', type: 'table', label: 'I', fields: [{ name: 'a', type: 'text', label: 'A' }] }],
    }),
    '/form/customer/fields/x/fields/inner',
    'nested-table',
  ),
  refused(
    'a formula and a roll-up',
    field({ type: 'integer', formula: 1, rollup: { form: 'order', link: 'customer', op: 'count' } }),
    '/form/customer/fields/x/rollup',
    'formula-and-rollup',
  ),
  refused(
    'a default of a computed field',
    field({ type: 'integer', formula: 1, default: 2 }),
    '/form/customer/fields/x/default',
    'computed-default',
  ),
  refused(
    'a kind that cannot be computed',
    field({ type: 'sequence', pattern: 'A-{###}', formula: 'a' }),
    '/form/customer/fields/x/formula',
    'not-computable',
  ),
  refused(
    'stored without a formula',
    field({ type: 'integer', stored: false }),
    '/form/customer/fields/x/stored',
    'stored-without-formula',
  ),
  refused(
    'unique and computed when read',
    field({ type: 'integer', stored: false, formula: 1, unique: true }),
    '/form/customer/fields/x/stored',
    'unstored-index',
  ),
  refused(
    'a default that is not an option',
    field({ type: 'choice', options: [{ value: 'a' }], default: 'b' }),
    '/form/customer/fields/x/default',
    'not-an-option',
  ),
  refused(
    'lowest above highest',
    field({ type: 'integer', min: 5, max: 1 }),
    '/form/customer/fields/x/min',
    'min-above-max',
  ),
  refused(
    'a runaway pattern',
    field({ type: 'text', pattern: '(a+)+$' }),
    '/form/customer/fields/x/pattern',
    'unsafe-pattern',
  ),
  // Links
  refused('a link to nowhere', field({ type: 'link', to: 'nowhere' }), '/form/customer/fields/x/to', 'unknown-form'),
  refused(
    'a link to rows of no table',
    field({ type: 'link', to: 'order', table: 'nothing' }),
    '/form/customer/fields/x/table',
    'unknown-table',
  ),
  refused(
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
  refused(
    'a copy into no field',
    field({ type: 'link', to: 'order', copy: { nothing: 'note' } }),
    '/form/customer/fields/x/copy/nothing',
    'unknown-field',
  ),
  refused(
    'a copy from no field',
    field({ type: 'link', to: 'order', copy: { name: 'nothing' } }),
    '/form/customer/fields/x/copy/name',
    'unknown-field',
  ),
  refused(
    'a copy of another type',
    field({ type: 'link', to: 'order', copy: { name: 'total' } }),
    '/form/customer/fields/x/copy/name',
    'copy-type',
  ),
  refused(
    'a copy into a computed field',
    field({ type: 'link', to: 'order', copy: { ordered: 'total' } }),
    '/form/customer/fields/x/copy/ordered',
    'computed-target',
  ),
  refused(
    'a currency that is no field',
    field({ type: 'money', currency: 'nothing' }),
    '/form/customer/fields/x/currency',
    'unknown-field',
  ),
  refused(
    'a currency of a parent that is not there',
    field({ type: 'money', currency: '$parent.tier' }),
    '/form/customer/fields/x/currency',
    'not-here',
  ),
  refused(
    'a sequence over no field',
    field({ type: 'sequence', pattern: '{nothing}-{###}' }),
    '/form/customer/fields/x/pattern',
    'unknown-field',
  ),
  refused(
    'a sequence that waits for no transition',
    field({ type: 'sequence', pattern: 'A-{###}', on: 'post' }),
    '/form/customer/fields/x/on',
    'unknown-transition',
  ),
  refused(
    'a filter over no field',
    field({ type: 'link', to: 'order', filter: { '==': [{ var: 'nothing' }, 1] } }),
    '/form/customer/fields/x/filter/==/0/var',
    'unknown-field',
  ),
  // Roll-ups
  refused(
    'a roll-up of no form',
    field({ type: 'integer', rollup: { form: 'nowhere', link: 'customer', op: 'count' } }),
    '/form/customer/fields/x/rollup/form',
    'unknown-form',
  ),
  refused(
    'a roll-up of no table',
    field({ type: 'integer', rollup: { form: 'order', table: 'nothing', link: 'customer', op: 'count' } }),
    '/form/customer/fields/x/rollup/table',
    'unknown-table',
  ),
  refused(
    'a roll-up over no link',
    field({ type: 'integer', rollup: { form: 'order', link: 'note', op: 'count' } }),
    '/form/customer/fields/x/rollup/link',
    'field-not-link',
  ),
  refused(
    'a roll-up over a link elsewhere',
    [withFields(order, { name: 'x', type: 'integer', rollup: { form: 'order', link: 'customer', op: 'count' } })],
    '/form/order/fields/x/rollup/link',
    'links-elsewhere',
  ),
  refused(
    'a roll-up of no field',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum', field: 'nothing' } }),
    '/form/customer/fields/x/rollup/field',
    'unknown-field',
  ),
  refused(
    'a roll-up without its field',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum' } }),
    '/form/customer/fields/x/rollup/field',
    'missing-property',
  ),
  refused(
    'a sum of texts',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum', field: 'note' } }),
    '/form/customer/fields/x/rollup/op',
    'rollup-operand',
  ),
  refused(
    'a date in a field of money',
    field({ type: 'money', rollup: { form: 'order', link: 'customer', op: 'max', field: 'ordered_on' } }),
    '/form/customer/fields/x/rollup/op',
    'rollup-type',
  ),
  refused(
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
  refused(
    'a roll-up that reads over a link',
    field({
      type: 'integer',
      rollup: { form: 'order', link: 'customer', op: 'count', where: { '==': [{ var: 'customer.name' }, 'a'] } },
    }),
    '/form/customer/fields/x/rollup/where/==/0/var',
    'link-not-here',
  ),
  // Formulas and rules
  refused(
    'a formula over no field',
    field({ type: 'integer', formula: { '+': [{ var: 'nothing' }, 1] } }),
    '/form/customer/fields/x/formula/+/0/var',
    'unknown-field',
  ),
  refused(
    'a stored formula over a link',
    [withFields(order, { name: 'x', type: 'text', formula: { var: 'customer.name' } })],
    '/form/order/fields/x/formula',
    'stored-formula',
  ),
  refused(
    'a stored formula over today',
    field({ type: 'date', formula: { var: '$today' } }),
    '/form/customer/fields/x/formula',
    'stored-formula',
  ),
  refused(
    'a stored formula over one computed when read',
    field({ type: 'integer', formula: { '+': [{ var: 'late' }, 1] } }).map((one) =>
      withFields(one, { name: 'late', type: 'integer', stored: false, formula: 1 }),
    ),
    '/form/customer/fields/x/formula',
    'stored-reads-unstored',
  ),
  refused(
    'a rule that is no condition',
    field({ type: 'text', required: { var: 'name' } }),
    '/form/customer/fields/x/required/var',
    'type-mismatch',
  ),
  refused(
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
  refused(
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
  refused(
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
  refused('a title over no field', form({ title: { var: 'nothing' } }), '/form/customer/title/var', 'unknown-field'),
  // Parts of a form
  refused(
    'a check at no field',
    form({ checks: [{ name: 'c', assert: true, at: 'nothing', message: 'M' }] }),
    '/form/customer/checks/c/at',
    'unknown-field',
  ),
  refused(
    'a check on no transition',
    form({ checks: [{ name: 'c', assert: true, on: ['send'], message: 'M' }] }),
    '/form/customer/checks/c/on/0',
    'unknown-transition',
  ),
  refused(
    'a check that does not compile',
    form({ checks: [{ name: 'c', assert: { var: 'nothing' }, message: 'M' }] }),
    '/form/customer/checks/c/assert/var',
    'unknown-field',
  ),
  refused(
    'unique over no field',
    form({ unique: [['name', 'nothing']] }),
    '/form/customer/unique/0/1',
    'unknown-field',
  ),
  refused('unique over a table', [{ ...order, unique: [['lines']] }], '/form/order/unique/0/0', 'not-comparable'),
  refused(
    'a range that is no date',
    form({ no_overlap: [{ name: 'r', keys: ['name'], from: 'name', to: 'name' }] }),
    '/form/customer/no_overlap/r/from',
    'type-mismatch',
  ),
  refused(
    'a lock that spares no field',
    form({ locked_when: { when: true, except: ['nothing'] } }),
    '/form/customer/locked_when/except/0',
    'unknown-field',
  ),
  refused(
    'a measure of no field',
    form({ measures: [{ name: 'm', agg: 'sum', of: 'nothing' }] }),
    '/form/customer/measures/m/of',
    'unknown-field',
  ),
  refused(
    'a sum of names',
    form({ measures: [{ name: 'm', agg: 'sum', of: 'name' }] }),
    '/form/customer/measures/m/of',
    'type-mismatch',
  ),
  refused(
    'a measure both ways',
    form({ measures: [{ name: 'm', agg: 'count', calc: { measure: 'm' } }] }),
    '/form/customer/measures/m',
    'exactly-one',
  ),
  refused(
    'a measure of no measure',
    form({ measures: [{ name: 'm', calc: { '+': [{ measure: 'nothing' }, 1] } }] }),
    '/form/customer/measures/m/calc',
    'unknown-measure',
  ),
  refused(
    'a measure of itself',
    form({ measures: [{ name: 'm', calc: { '+': [{ measure: 'm' }, 1] } }] }),
    '/form/customer/measures/m/calc',
    'formula-cycle',
  ),
]
