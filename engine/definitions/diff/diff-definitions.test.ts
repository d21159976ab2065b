import { describe, expect, it } from 'vitest'
import type { Definition } from '../definition.ts'
import { diffDefinitions } from './diff-definitions.ts'

const order: Definition = {
  kind: 'form',
  name: 'order',
  label: { en: 'Order', 'zh-CN': '订单' },
  fields: [
    { name: 'number', type: 'text' },
    { name: 'total', type: 'money', formula: { '+': [1, 2] } },
  ],
}
const short = (before: Definition | undefined, after: Definition | undefined) =>
  diffDefinitions(before, after).map(({ change, pointer }) => `${change} ${pointer}`)

describe('diffDefinitions', () => {
  it('finds nothing between equal definitions, whatever the order of keys', () => {
    expect(
      diffDefinitions(order, {
        fields: order.fields,
        name: 'order',
        kind: 'form',
        label: { 'zh-CN': '订单', en: 'Order' },
      } as Definition),
    ).toEqual([])
    expect(diffDefinitions(undefined, undefined)).toEqual([])
  })

  it('tells a definition that came or went', () => {
    expect(diffDefinitions(undefined, order)[0]).toMatchObject({
      change: 'added',
      pointer: '',
      text: { en: 'form order added', 'zh-CN': '新增表单 order' },
    })
    expect(short(order, undefined)).toEqual(['removed '])
  })

  it('finds fields by name, not by position', () => {
    const after: Definition = { ...order, fields: [{ name: 'note', type: 'text' }, ...order.fields.slice(1)] }
    expect(short(order, after)).toEqual(['removed /fields/number', 'added /fields/note'])
    expect(short(order, { ...order, fields: [...order.fields].reverse() })).toEqual(['moved /fields'])
  })

  it('tells which property changed, an expression as a whole', () => {
    const after: Definition = {
      ...order,
      label: { en: 'Sale', 'zh-CN': '订单' },
      fields: [...order.fields.slice(0, 1), { name: 'total', type: 'money', formula: { '+': [1, 3] }, unique: true }],
    }
    expect(short(order, after)).toEqual([
      'changed /label/en',
      'changed /fields/total/formula',
      'added /fields/total/unique',
    ])
    expect(diffDefinitions(order, after)[1]?.text).toEqual({
      en: 'form order › field total › formula changed: {"+":[1,2]} → {"+":[1,3]}',
      'zh-CN': '表单 order › 字段 total › formula由 {"+":[1,2]} 改为 {"+":[1,3]}',
    })
  })
})
