/** A small trading firm as definitions: customers, products, orders with lines, payments. The smallest set that uses every mechanism of records. */
import type { Definition } from '#definitions/definition.ts'

export const tradeForms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'customer',
    label: 'Customer',
    title: { var: 'name' },
    fields: [
      { name: 'code', type: 'text', unique: true },
      { name: 'name', type: 'text', required: true, search: true },
      { name: 'tier', type: 'choice', options: [{ value: 'gold' }, { value: 'silver' }], default: 'silver' },
      { name: 'active', type: 'boolean', default: true },
      {
        name: 'currency',
        type: 'choice',
        options: [{ value: 'CNY' }, { value: 'USD' }, { value: 'JPY' }],
        default: 'CNY',
      },
      { name: 'discount', type: 'percent', scale: 2, min: 0, max: 100 },
      { name: 'credit_limit', type: 'money' },
      { name: 'notes', type: 'long_text' },
      { name: 'parent', type: 'link', to: 'customer', tree: true },
      { name: 'tags', type: 'tags' },
      { name: 'order_count', type: 'integer', rollup: { form: 'order', link: 'customer', op: 'count' } },
      { name: 'order_sum', type: 'money', rollup: { form: 'order', link: 'customer', op: 'sum', field: 'total' } },
      { name: 'last_order', type: 'date', rollup: { form: 'order', link: 'customer', op: 'max', field: 'order_date' } },
      { name: 'room', type: 'money', formula: { '-': [{ var: 'credit_limit' }, { var: 'order_sum' }] } },
    ],
    checks: [
      {
        name: 'within_limit',
        assert: {
          or: [
            { empty: [{ var: 'credit_limit' }] },
            { '>=': [{ var: 'room' }, 0] },
            { '>=': [{ var: 'room' }, { var: '$old.room' }] },
          ],
        },
        at: 'credit_limit',
        message: { en: 'Over the credit limit', 'zh-CN': '超出信用额度' },
      },
    ],
  },
  {
    kind: 'form',
    name: 'product',
    label: 'Product',
    title: { var: 'name' },
    fields: [
      { name: 'sku', type: 'text', unique: true, required: true },
      { name: 'name', type: 'text', required: true },
      { name: 'list_price', type: 'money' },
      { name: 'stock', type: 'decimal', scale: 3, default: '0' },
      {
        name: 'sold',
        type: 'decimal',
        scale: 3,
        rollup: { form: 'order', table: 'lines', link: 'product', op: 'sum', field: 'quantity' },
      },
      { name: 'left', type: 'decimal', scale: 3, min: -1000000, formula: { '-': [{ var: 'stock' }, { var: 'sold' }] } },
      { name: 'active', type: 'boolean', default: true },
    ],
  },
  {
    kind: 'form',
    name: 'order',
    label: 'Order',
    title: { cat: [{ var: 'number' }, ' · ', { var: 'customer.title' }] },
    fields: [
      { name: 'number', type: 'sequence', pattern: 'SO-{####}', gapless: true },
      {
        name: 'customer',
        type: 'link',
        to: 'customer',
        required: true,
        filter: { '==': [{ var: 'active' }, true] },
        copy: { currency: 'currency', discount: 'discount' },
      },
      { name: 'reference', type: 'text' },
      { name: 'order_date', type: 'date', required: true, default: { today: [] } },
      { name: 'terms', type: 'choice', options: [{ value: 'cash' }, { value: 'credit' }], default: 'cash' },
      {
        name: 'due_date',
        type: 'date',
        when_hidden: 'clear',
        visible: { '==': [{ var: 'terms' }, 'credit'] },
        required: { '==': [{ var: 'terms' }, 'credit'] },
      },
      {
        name: 'currency',
        type: 'choice',
        options: [{ value: 'CNY' }, { value: 'USD' }, { value: 'JPY' }],
        default: 'CNY',
      },
      { name: 'discount', type: 'percent', scale: 2, min: 0, max: 100, default: '0' },
      { name: 'cost', type: 'money' },
      { name: 'closed', type: 'boolean', default: false },
      {
        name: 'lines',
        type: 'table',
        min_rows: 1,
        fields: [
          {
            name: 'product',
            type: 'link',
            to: 'product',
            required: true,
            copy: { price: 'list_price', description: 'name' },
          },
          { name: 'description', type: 'text' },
          { name: 'quantity', type: 'decimal', scale: 3, required: true, default: 1, min: 0 },
          { name: 'price', type: 'money', currency: '$parent.currency', required: true },
          {
            name: 'amount',
            type: 'money',
            formula: {
              round: [
                {
                  '*': [
                    { var: 'quantity' },
                    { var: 'price' },
                    { '-': [1, { '/': [{ var: '$parent.discount' }, 100] }] },
                  ],
                },
                2,
              ],
            },
          },
          { name: 'paid', type: 'money', rollup: { form: 'payment', link: 'line', op: 'sum', field: 'amount' } },
        ],
      },
      { name: 'total', type: 'money', formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } },
      { name: 'margin', type: 'money', formula: { '-': [{ var: 'total' }, { var: 'cost' }] } },
      {
        name: 'days_open',
        type: 'integer',
        stored: false,
        formula: { date_diff: [{ var: 'order_date' }, { var: '$today' }, 'day'] },
      },
    ],
    checks: [
      {
        name: 'due_after_order',
        assert: { or: [{ empty: [{ var: 'due_date' }] }, { '>=': [{ var: 'due_date' }, { var: 'order_date' }] }] },
        at: 'due_date',
        message: { en: 'Due date is before the order date', 'zh-CN': '到期日早于下单日' },
      },
    ],
    unique: [['customer', 'reference']],
    locked_when: { when: { '==': [{ var: 'closed' }, true] }, except: ['closed'] },
  },
  {
    kind: 'form',
    name: 'payment',
    label: 'Payment',
    fields: [
      { name: 'line', type: 'link', to: 'order', table: 'lines', on_delete: 'cascade' },
      { name: 'customer', type: 'link', to: 'customer', on_delete: 'clear' },
      { name: 'amount', type: 'money', required: true, min: 0 },
    ],
  },
]

export const tradeRoles: readonly Definition[] = [
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: [
      {
        form: 'customer',
        can: ['read', 'create', 'update'],
        where: { '==': [{ var: 'owner' }, { var: '$user.id' }] },
        hide: ['notes'],
        readonly: ['credit_limit'],
      },
      { form: 'product', can: ['read'] },
      {
        form: 'order',
        can: ['read', 'create', 'update', 'delete', 'import'],
        where: { '==': [{ var: 'customer.owner' }, { var: '$user.id' }] },
        hide: ['cost'],
      },
    ],
  },
  {
    kind: 'role',
    name: 'clerk',
    label: 'Clerk',
    grants: [
      { form: 'customer', can: ['read'], mask: ['code'] },
      { form: 'order', can: ['read'], show: ['number', 'order_date', 'lines.product', 'lines.quantity'] },
      { form: 'product', can: ['read'] },
    ],
    denies: [{ form: 'order', can: ['read'], where: { '==': [{ var: 'terms' }, 'credit'] } }],
  },
]
