import { expect, it } from 'vitest'
import type { FormDefinition } from '#definitions/definition.ts'
import { orderForm, sampleKinds } from '../commands/samples.ts'
import { summaryOf } from './summary.ts'

const without = (name: string): FormDefinition => ({
  ...orderForm,
  fields: orderForm.fields.filter((field) => field.name !== name),
})
const texts = (before: FormDefinition | null, after: FormDefinition) =>
  summaryOf(before, after, sampleKinds).map((line) => [line.text.en, line.text['zh-CN']])

it('nothing changed is no line', () => {
  expect(texts(orderForm, structuredClone(orderForm))).toEqual([])
})

it('tells fields and columns by label: new, changed, removed', () => {
  const lines = orderForm.fields[4]
  const edited: FormDefinition = {
    ...without('note'),
    fields: [
      { ...orderForm.fields[0], label: { en: 'No.', 'zh-CN': '单号' }, required: true } as never,
      ...orderForm.fields.slice(1, 3),
      { ...lines, fields: [...(lines?.fields ?? []), { name: 'x', type: 'text', label: 'Extra' }] } as never,
      { name: 'level', type: 'money', label: { en: 'Level', 'zh-CN': '级别' } },
    ],
  }
  expect(texts(orderForm, edited)).toEqual([
    ['No.: label, required', '单号：label、required'],
    ['New column Lines › Extra (text)', '新列“明细 › Extra”（text）'],
    ['New field Level (money)', '新字段“级别”（money）'],
    ['Note is removed; what records hold stays stored', '移除“备注”，记录中的数据仍保留'],
  ])
})

it('a moved item is a changed layout, a new form one line', () => {
  expect(texts(orderForm, { ...orderForm, layout: { tabs: [] } })).toEqual([['Layout', '布局']])
  expect(texts(null, orderForm)).toEqual([['New form Order with 5 fields', '新表单“订单”，5 个字段']])
})
