/** Laws of exact decimals, against bigint arithmetic. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  fitsScale,
  floorDecimal,
  formatDecimal,
  fromScaled,
  isDecimal,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  remainderOfDecimals,
  roundDecimal,
  significantDigits,
  subtractDecimals,
  toScaled,
} from './decimal.ts'

const scale = fc.integer({ min: 0, max: 12 })
const coefficient = fc.oneof(
  fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
)
const decimal = fc.tuple(coefficient, scale).map(([whole, places]) => fromScaled(whole, places))
/** Every decimal of these tests has at most this many decimals. */
const wide = 40

function exact(d: Decimal): bigint {
  return toScaled(d, wide)
}

function parsed(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new Error(`not a decimal: ${text}`)
  return value
}

it('reads its own text back', () => {
  fc.assert(fc.property(decimal, (d) => compareDecimals(parsed(formatDecimal(d)), d) === 0))
})

it('adds, subtracts and multiplies exactly', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(exact(addDecimals(a, b))).toBe(exact(a) + exact(b))
      expect(exact(subtractDecimals(a, b))).toBe(exact(a) - exact(b))
      expect(exact(multiplyDecimals(a, b)) * 10n ** BigInt(wide)).toBe(exact(a) * exact(b))
    }),
  )
})

it('divides to twelve decimals, half away from zero', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const quotient = divideDecimals(a, b)
      const bottom = abs(exact(b))
      const expected = bottom === 0n ? null : (abs(exact(a)) * 10n ** 12n * 2n + bottom) / (bottom * 2n)
      expect(quotient === null ? null : abs(toScaled(quotient, 12))).toBe(expected)
    }),
  )
})

it('rounds half away from zero and compares by value', () => {
  fc.assert(
    fc.property(decimal, scale, (d, places) => {
      const unit = 10n ** BigInt(wide - places)
      const rounded = exact(roundDecimal(d, places))
      expect(abs(rounded)).toBe(((abs(exact(d)) * 2n + unit) / (unit * 2n)) * unit)
      expect(Math.sign(compareDecimals(d, roundDecimal(d, places)))).toBe(
        exact(d) < rounded ? -1 : exact(d) > rounded ? 1 : 0,
      )
    }),
  )
})

it('floors and takes remainders exactly', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const below = subtractDecimals(a, floorDecimal(a))
      expect(exact(below) >= 0n && exact(below) < 10n ** BigInt(wide)).toBe(true)
      const rest = remainderOfDecimals(a, b)
      expect(rest === null ? null : exact(rest)).toBe(exact(b) === 0n ? null : exact(a) % exact(b))
    }),
  )
})

it('knows the hand-computed cases', () => {
  expect(formatDecimal(addDecimals(decimalOf(0.1), decimalOf(0.2)))).toBe('0.3')
  expect(formatDecimal(roundDecimal(parsed('-2.5'), 0))).toBe('-3')
  expect(formatDecimal(roundDecimal(parsed('1250'), -2))).toBe('1300')
  expect(formatDecimal(parsed('12.5'), 2)).toBe('12.50')
  expect(formatDecimal(parsed('0.005'), 2)).toBe('0.01')
  expect(formatDecimal(parsed('-0'))).toBe('0')
  expect(formatDecimal(parsed('-000.40'), 2)).toBe('-0.40')
  expect(formatDecimal(decimalOf(1e-7))).toBe('0.0000001')
  expect(formatDecimal(decimalOf(1e21))).toBe('1000000000000000000000')
  expect(formatDecimal(divideDecimals(decimalOf(1), decimalOf(3)) as Decimal)).toBe('0.333333333333')
  expect(formatDecimal(divideDecimals(parsed('49.99'), decimalOf(100)) as Decimal)).toBe('0.4999')
  expect(significantDigits(parsed('0.050'))).toBe(1)
  expect(significantDigits(decimalOf(1000))).toBe(4)
  expect(fitsScale(parsed('9999999999999.99'), 2)).toBe(true)
  expect(fitsScale(parsed('9999999999999.995'), 2)).toBe(false)
  expect(isDecimal(decimalOf(1)) && !isDecimal(1) && !isDecimal(null)).toBe(true)
  expect(Object.is(multiplyDecimals(decimalOf(0), decimalOf(-5)).small, 0)).toBe(true)
  expect(Object.is(negateDecimal(decimalOf(0)).small, 0)).toBe(true)
})

it('refuses what is no decimal', () => {
  for (const text of ['', '.', '-', '1e5', '1,5', ' 1', '0x1', '1.2.3', 'NaN', 'Infinity', '１'])
    expect(parseDecimal(text)).toBeNull()
  for (const text of ['.5', '5.', '+5', '005']) expect(parseDecimal(text)).not.toBeNull()
})

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
