import { expect, it } from 'vitest'
import { en } from './en.ts'
import { zhCN } from './zh-cn.ts'

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

it.each(Object.keys(en) as (keyof typeof en)[])('%s has the same places to fill in both languages', (key) => {
  expect(zhCN[key].trim()).not.toBe('')
  expect(placeholders(zhCN[key])).toEqual(placeholders(en[key]))
})

it('Chinese has no word that English lacks', () => {
  expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort())
})
