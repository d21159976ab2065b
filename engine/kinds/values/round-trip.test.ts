import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOfDay, datetimeOfMs, formatDuration } from '#base/dates.ts'
import { readDate, writeDate } from './date-text.ts'
import { readMoment, writeMoment } from './datetime-text.ts'
import { readDuration, writeDuration } from './duration-text.ts'
import { readNumber, writeNumber } from './number-text.ts'
import { readTexts, writeTexts } from './text-list.ts'
import { parseLine, parseLines } from './text-value.ts'
import { momentOf, offsetOf } from './zone.ts'

const locale = fc.constantFrom(
  'en',
  'zh-CN',
  'de',
  'fr',
  'en-GB',
  'en-IN',
  'sv',
  'de-CH',
  'pt-BR',
  'ja',
  'ar',
  'hi',
  'es',
)
const zone = fc.constantFrom(
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
)

describe('what is written is read back', () => {
  it('numbers in every locale', () => {
    const decimal = fc
      .tuple(fc.boolean(), fc.bigInt(0n, 10n ** 15n - 1n), fc.integer({ min: 0, max: 8 }))
      .map(([negative, digits, scale]) => {
        const text = digits.toString().padStart(scale + 1, '0')
        const plain = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
        return negative && digits !== 0n ? `-${plain}` : plain
      })
    fc.assert(
      fc.property(decimal, locale, (value, where) => {
        expect(shortest(readNumber(writeNumber(value, where, 0), where) ?? 'nothing')).toBe(shortest(value))
      }),
      { numRuns: 2000 },
    )
  })

  it('dates in every locale', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), locale, (day, where) => {
        const date = dateOfDay(day) ?? ''
        expect(readDate(writeDate(date, where), where)).toBe(date)
      }),
      { numRuns: 2000 },
    )
  })

  it('moments on every clock, also in the hour that a clock shows twice', () => {
    const near = fc.constantFrom(
      Date.UTC(2026, 10, 1, 6),
      Date.UTC(2026, 2, 8, 7),
      Date.UTC(2026, 9, 25, 1),
      Date.UTC(2026, 3, 4, 15),
    )
    const ms = fc.oneof(
      fc.integer({ min: -3_000_000_000_000, max: 4_000_000_000_000 }),
      fc.tuple(near, fc.integer({ min: -8_000_000, max: 8_000_000 })).map(([at, more]) => at + more),
    )
    fc.assert(
      fc.property(ms, zone, locale, (at, where, language) => {
        const moment = datetimeOfMs(at) ?? ''
        expect(
          readMoment(writeMoment(moment, { locale: language, zone: where }), { locale: language, zone: where }),
        ).toBe(moment)
      }),
      { numRuns: 2000 },
    )
  })

  it('durations in both languages', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3_000_000, max: 3_000_000 }), fc.constantFrom('en', 'zh-CN'), (seconds, where) => {
        expect(readDuration(writeDuration(formatDuration(seconds), where))).toBe(formatDuration(seconds))
      }),
      { numRuns: 1000 },
    )
  })

  it('lists of texts with any text in them', () => {
    const entry = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.replace(/\p{Cc}/gu, '').trim())
      .filter((text) => text !== '')
    fc.assert(
      fc.property(fc.array(entry), (texts) => {
        expect(readTexts(writeTexts(texts))).toEqual(texts)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('text that is kept', () => {
  it('has no half surrogates', () => {
    expect(parseLine('\ud800').ok).toBe(false)
    expect(parseLines('a\udc00').ok).toBe(false)
    expect(parseLine('👍')).toEqual({ ok: true, value: '👍' })
  })
})

describe('the clock of a zone', () => {
  it('knows its offset', () => {
    expect(offsetOf('Asia/Shanghai', 0)).toBe(8 * 3_600_000)
    expect(offsetOf('America/New_York', Date.UTC(2026, 6, 1))).toBe(-4 * 3_600_000)
  })

  it('takes the earlier of two moments and moves forward over a gap', () => {
    expect(momentOf('2026-11-01T01:30:00.000', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
    expect(momentOf('2026-03-08T02:30:00.000', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
  })
})

function shortest(plain: string): string {
  return plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain
}
