/** The language of an answer when nobody is signed in. */
import { expect, it } from 'vitest'
import { acceptedLanguage } from './language.ts'

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en-GB;q=0.5, zh;q=0.7', 'zh-CN'],
  ['fr, de', 'en'],
  ['fr, zh;q=0.1', 'zh-CN'],
  ['zh;q=0, en', 'en'],
  [';;;q=,,x', 'en'],
] as const)('takes %s as %s', (header, language) => expect(acceptedLanguage(header)).toBe(language))
