/** A small order form for the tests of model, commands and history. */

import type { FormDefinition } from '#definitions/definition.ts'
import type { FieldKind, FieldKinds } from '#definitions/field-kind.ts'
import { type FormDocument, itemsShowing } from '../model/document.ts'
import { fromDefinition, type Provenance } from '../model/from-definition.ts'

export const orderForm: FormDefinition = {
  kind: 'form',
  name: 'order',
  label: { en: 'Order', 'zh-CN': '订单' },
  title: { var: 'number' },
  fields: [
    { name: 'number', type: 'text', label: { en: 'Number', 'zh-CN': '编号' } },
    { name: 'customer', type: 'link', to: 'user', label: 'Customer' },
    { name: 'discount', type: 'percent', label: { en: 'Discount', 'zh-CN': '折扣' } },
    { name: 'note', type: 'long_text', label: { en: 'Note', 'zh-CN': '备注' } },
    {
      name: 'lines',
      type: 'table',
      label: { en: 'Lines', 'zh-CN': '明细' },
      fields: [
        { name: 'product', type: 'text', label: { en: 'Product', 'zh-CN': '产品' } },
        {
          name: 'amount',
          type: 'money',
          label: { en: 'Amount', 'zh-CN': '金额' },
          formula: { '*': [2, { var: '$parent.discount' }] },
        },
      ],
    },
  ],
  layout: {
    tabs: [
      {
        id: 'main',
        label: { en: 'Order', 'zh-CN': '订单' },
        sections: [
          {
            id: 'head',
            label: { en: 'Head', 'zh-CN': '抬头' },
            columns: 2,
            items: [{ field: 'number' }, { field: 'customer' }, { field: 'discount', span: 2 }],
          },
          {
            id: 'goods',
            label: { en: 'Goods', 'zh-CN': '货物' },
            items: [{ field: 'lines', columns: ['product', 'amount'], totals: ['amount'] }],
          },
        ],
      },
      { id: 'more', sections: [{ id: 'rest', columns: 1, items: [{ field: 'note' }, { id: 'hint', text: 'Short' }] }] },
    ],
  },
}

/** Kinds as the commands look at them. */
export const sampleKinds: FieldKinds = new Map(
  ['text', 'money', 'choice', 'table', 'link', 'sequence'].map((name) => [name, sampleKind(name)]),
)

function sampleKind(name: string): FieldKind {
  const options =
    name === 'choice' ? [{ name: 'options', label: 'Options', editor: 'options', schema: {}, required: true }] : []
  return {
    name,
    version: 1,
    label: { en: name, 'zh-CN': name },
    icon: 'tag',
    group: 'text',
    options,
    computable: true,
  } as unknown as FieldKind
}

export function orderDocument(from?: Provenance): FormDocument {
  return fromDefinition(orderForm, from)
}

/** As published by a pack. */
export function packDocument(): FormDocument {
  return fromDefinition(orderForm, { packed: true, owner: () => 'pack' })
}

/** The node of a field, column (`lines/amount`), section, tab or text by its name or id. */
export function find(document: FormDocument, name: string): string {
  const found = Object.values(document.nodes).find(
    (node) => (node.props['name'] === name || node.props['id'] === name) && node.type !== 'form',
  )
  if (!found) throw new Error(`no ${name} in the sample`)
  return found.id
}

/** The item that shows the field. */
export function item(document: FormDocument, field: string): string {
  const found = itemsShowing(document, find(document, field))[0]
  if (!found) throw new Error(`nothing shows ${field} in the sample`)
  return found.id
}
