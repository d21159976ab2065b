import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWord, readText, sameWords } from './search-match.ts'
import { type SearchWord, wordsOf } from './search-text.ts'
import { phraseOf, tokensOf } from './search-tokens.ts'

function word(typed: string): SearchWord {
  const [only] = wordsOf(typed)
  if (only === undefined) throw new Error(`no word in ${typed}`)
  return only
}

/** What an index of tokens would say: the phrase stands somewhere in the row of tokens. */
function byTokens(text: string, typed: string, texture: 'plain' | 'phone' | 'html' = 'plain'): boolean {
  const { words, numbers } = tokensOf(text, texture)
  const { tokens, open, number } = phraseOf(word(typed))
  const row = words.map((token) => ` ${token}`).join('') + (open ? '' : ' ')
  const stands = `${row} `.includes(tokens.map((token) => ` ${token}`).join('') + (open ? '' : ' '))
  return stands || (number !== null && numbers.some((one) => one.startsWith(number)))
}

function marked(text: string, typed: string, texture: 'plain' | 'phone' | 'html' = 'plain'): string | null {
  const found = findWord(readText(text, texture), word(typed))
  return found && text.slice(found.start, found.end)
}

describe('words of a text', () => {
  it('are found by their beginning, in any case, width and with or without accents', () => {
    expect(marked('ACME Café GmbH', 'cafe')).toBe('Café')
    expect(marked('ACME Café GmbH', 'gm')).toBe('Gm')
    expect(marked('ACME Cafe\u0301 GmbH', 'CAFÉ')).toBe('Cafe\u0301')
    expect(marked('ＡＣＭＥ　２０２６', 'acme')).toBe('ＡＣＭＥ')
    expect(marked('Webster', 'ster')).toBeNull()
  })

  it('of scripts without blanks are found wherever they stand', () => {
    expect(marked('上海浦东发展银行', '浦东')).toBe('浦东')
    expect(marked('上海浦东发展银行', '东')).toBe('东')
    expect(marked('上海浦东发展银行', '行')).toBe('行')
    expect(marked('上海浦东发展银行', '浦发')).toBeNull()
    expect(marked('𠮷野家', '野家')).toBe('野家')
    expect(marked('株式会社リコー', 'リコー')).toBe('リコー')
    expect(marked('서울특별시', '특별')).toBe('특별')
  })

  it('typed without a blank stand side by side', () => {
    expect(marked('SO-202611-00042 · ACME公司', 'so-202611-00042')).toBe('SO-202611-00042')
    expect(marked('SO-202611-00042', 'SO2026')).toBe('SO-2026')
    expect(marked('SO-202611-00042', '202611-0004')).toBe('202611-0004')
    expect(marked('SO-202611-00042', 'SO-00042')).toBeNull()
    expect(marked('ACME公司北京', 'acme公司')).toBe('ACME公司')
    expect(marked('大公司ACME', '公司acme')).toBe('公司ACME')
  })

  it('made of digits are numbers, whatever parts their groups; a phone number is found by any four digits', () => {
    expect(marked('Tel. 138-0013 8000', '13800138000')).toBe('138-0013 8000')
    expect(marked('+86 13800138000', '8000', 'phone')).toBe('86 13800138000')
    expect(marked('+86 13800138000', '138-0013-8000', 'phone')).toBe('86 13800138000')
    expect(marked('+86 13800138000', '800', 'phone')).toBeNull()
    expect(marked('13800138000', '8000')).toBeNull()
  })

  it('in markup are its text alone', () => {
    expect(marked('<strong class="x">Caf&eacute; 你好</strong>', '你好', 'html')).toBe('你好')
    expect(marked('<strong>x</strong>', 'strong', 'html')).toBeNull()
  })

  it('are a question’s whole when nothing else is there', () => {
    expect(sameWords(readText('ACME Ltd.', 'plain'), wordsOf('acme ltd'))).toBe(true)
    expect(sameWords(readText('ACME Ltd. Berlin', 'plain'), wordsOf('acme ltd'))).toBe(false)
  })

  it('are at most eight, of the first 200 characters, and need a letter or digit', () => {
    expect(wordsOf('a b c d e f g h i j').map(({ typed }) => typed)).toEqual([...'abcdefgh'])
    expect(wordsOf(' % -- “” ')).toEqual([])
    expect(wordsOf(`${' '.repeat(200)}late`)).toEqual([])
  })

  it('answer the same by tokens as by looking at the text', () => {
    const piece = fc.constantFrom(
      'so',
      'SO',
      '-',
      ' ',
      '2026',
      '00042',
      '1',
      '公',
      '司',
      '公司',
      'é',
      'e\u0301',
      '²',
      'ß',
      '.',
      '(',
      '𠮷',
      'リ',
      'a',
    )
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    const typed = fc
      .array(piece, { minLength: 1, maxLength: 5 })
      .map((pieces) => pieces.join('').replaceAll(' ', ''))
      .filter((one) => wordsOf(one).length === 1)
    fc.assert(
      fc.property(text, typed, fc.constantFrom('plain' as const, 'phone' as const), (one, asked, texture) => {
        expect(byTokens(one, asked, texture)).toBe(findWord(readText(one, texture), word(asked)) !== null)
      }),
      { numRuns: 3_000 },
    )
  })
})
