/** Both languages say everything. */
import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { zhCN } from './zh-cn.ts'

const fills = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('strings', () => {
  it('has the same keys in both languages', () => {
    expect(Object.keys(zhCN).sort()).toEqual(Object.keys(en).sort())
  })

  it('never shows a key instead of words', () => {
    for (const [key, value] of [...Object.entries(en), ...Object.entries(zhCN)]) {
      expect(value, key).not.toBe(key)
      expect(value.length, key).toBeGreaterThan(0)
    }
  })

  it('fills the same values in both languages', () => {
    for (const [key, value] of Object.entries(en))
      expect(fills(zhCN[key as keyof typeof en]), key).toEqual(fills(value))
  })

  it('says the Chinese in Chinese', () => {
    const same = Object.entries(en)
      .filter(([key, value]) => zhCN[key as keyof typeof en] === value)
      .map(([key]) => key)
    expect(same).toEqual([])
  })
})
