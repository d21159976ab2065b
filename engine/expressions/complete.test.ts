/** Completion of formula text: names of the place, fields over a link, columns of a table, words in both languages. */
import { expect, it } from 'vitest'
import { orderForms, sampleForm, sampleModel } from '#tests/support/sample-model.ts'
import { completionsAt } from './complete.ts'
import type { Place } from './expression.ts'

const model = sampleModel({
  ...orderForms,
  order: {
    ...orderForms['order'],
    discount: { type: { is: 'decimal', scale: 2 }, definition: { label: { en: 'Discount', 'zh-CN': '折扣' } } },
  },
})
const place: Place = { model, table: sampleForm(model, 'order'), links: true, user: true, time: true }

/** `|` is where the person stands. */
function offered(marked: string): readonly string[] {
  return completionsAt(marked.replace('|', ''), marked.indexOf('|'), place).options.map((option) => option.text)
}

it('offers fields and operators that begin with what is typed', () => {
  expect(offered('total > disc|')).toEqual(['discount'])
  expect(offered('order_|')).toEqual(['order_date'])
  expect(offered('su|')).toContain('sum(')
  expect(offered('$|')).toEqual(['$user', '$today', '$now'])
})

it('finds a field by its label in either language', () => {
  expect(offered('折|')).toEqual(['discount'])
})

it('offers what a link, a table and the user have', () => {
  expect(offered('customer.cr|')).toEqual(['credit_limit', 'created_at', 'created_by'])
  expect(offered('sum(lines.am|')).toEqual(['amount'])
  expect(offered('sum(lines, qua|')).toEqual(['quantity'])
  expect(offered('sum(lines, $|')).toEqual(['$parent', '$user', '$today', '$now'])
  expect(offered('$user.na|')).toEqual(['name'])
})

it('names the span that an option replaces', () => {
  expect(completionsAt('total > customer.cr', 19, place)).toMatchObject({ start: 17, end: 19 })
})
