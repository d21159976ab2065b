/**
 * Exact decimals: a whole coefficient and a scale. Up to 2^53 the coefficient is a number, beyond that a bigint.
 * Laws: parse(format(d)) = d; a + b = b + a; sums and products are exact; a rounding is half away from zero, once.
 */

/** An immutable exact decimal number. Made and read only by the functions of this file. */
export interface Decimal {
  /** The coefficient where it is a safe integer, else NaN. */
  readonly small: number
  /** The coefficient where it is not. */
  readonly big: bigint | undefined
  /** Digits after the point, ≥ 0. */
  readonly scale: number
}

class ExactDecimal implements Decimal {
  readonly small: number
  readonly big: bigint | undefined
  readonly scale: number
  constructor(small: number, big: bigint | undefined, scale: number) {
    this.small = small
    this.big = big
    this.scale = scale
  }

  /** For logs and JSON answers; code uses `formatDecimal`. */
  toString(): string {
    return formatDecimal(this)
  }

  toJSON(): string {
    return formatDecimal(this)
  }
}

const maxSafe = Number.MAX_SAFE_INTEGER
const maxSafeBig = BigInt(maxSafe)
/** Powers of ten that a number holds exactly and safely. */
const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)
const quotientScale = 12
/** Digits that a stored decimal may have, counted at the scale of its field. */
const storedDigits = 15

export function isDecimal(value: unknown): value is Decimal {
  return value instanceof ExactDecimal
}

/** `parseDecimal('-012.50')` is −12.5; null for anything but digits with a sign and one point. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (match === null) return null
  const whole = match[2] ?? ''
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (whole === '' && (match[3] ?? '') === '') return null
  return ofDigits(match[1] === '-', whole + fraction, fraction.length)
}

/** A number means its decimal text: `decimalOf(0.1)` is 0.1. With a scale the value is divided: `decimalOf(125, 2)` is 1.25. */
export function decimalOf(value: number | bigint, scale = 0): Decimal {
  if (typeof value === 'bigint') return fromScaled(value, scale)
  if (Number.isSafeInteger(value)) return scale === 0 ? make(value + 0, 0) : fromScaled(value, scale)
  const [mantissa = '', exponent = '0'] = String(value).split('e')
  const parsed = parseDecimal(mantissa)
  if (parsed === null) throw new RangeError(`not a finite number: ${value}`)
  return shift(parsed, parsed.scale - Number(exponent) + scale)
}

/** `fromScaled(12345, 2)` is 123.45; trailing zeros of the fraction go. */
export function fromScaled(coefficient: bigint | number, scale: number): Decimal {
  if (typeof coefficient === 'bigint') {
    if (coefficient > maxSafeBig || coefficient < -maxSafeBig) return stripBig(coefficient, scale)
    return stripSmall(Number(coefficient), scale)
  }
  return stripSmall(coefficient + 0, scale)
}

/** The whole number `d × 10^scale`, rounded half away from zero. */
export function toScaled(d: Decimal, scale: number): bigint {
  const rounded = roundDecimal(d, scale)
  return bigOf(rounded) * bigPower(scale - rounded.scale)
}

/** Shortest text, or with exactly `scale` decimals (rounded half away from zero). */
export function formatDecimal(d: Decimal, scale?: number): string {
  const value = scale === undefined ? strip(d) : roundDecimal(d, scale)
  const coefficient = bigOf(value)
  const negative = coefficient < 0n
  const wanted = scale ?? value.scale
  const digits = String(negative ? -coefficient : coefficient).padStart(value.scale + 1, '0')
  const whole = digits.slice(0, digits.length - value.scale)
  const fraction = digits.slice(digits.length - value.scale).padEnd(wanted, '0')
  return `${negative ? '-' : ''}${whole}${wanted > 0 ? `.${fraction}` : ''}`
}

/** At most `scale` decimals, half away from zero; a negative scale rounds to tens, hundreds … */
export function roundDecimal(d: Decimal, scale: number): Decimal {
  const drop = d.scale - scale
  if (drop <= 0) return d
  const power = powers[drop]
  if (d.big === undefined && power !== undefined) {
    const rest = d.small % power
    const whole = (d.small - rest) / power
    const rounded = whole + (Math.abs(rest) * 2 >= power ? Math.sign(rest) : 0) + 0
    return scale < 0 ? shift(make(rounded, 0), scale) : make(rounded, scale)
  }
  return shift(makeBig(divideHalfAway(bigOf(d), bigPower(drop)), 0), scale)
}

/** The greatest whole number not above `d` (towards minus infinity). */
export function floorDecimal(d: Decimal): Decimal {
  const coefficient = bigOf(d)
  const power = bigPower(d.scale)
  const rest = coefficient % power
  return makeBig((coefficient - rest) / power - (rest < 0n ? 1n : 0n), 0)
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) {
    const sum = a.small + b.small
    if (Math.abs(sum) <= maxSafe) return make(sum, a.scale)
  } else if (a.scale < b.scale) {
    const sum = a.small * (powers[b.scale - a.scale] ?? Number.NaN)
    if (Math.abs(sum) <= maxSafe && Math.abs(sum + b.small) <= maxSafe) return make(sum + b.small + 0, b.scale)
  } else {
    const sum = b.small * (powers[a.scale - b.scale] ?? Number.NaN)
    if (Math.abs(sum) <= maxSafe && Math.abs(sum + a.small) <= maxSafe) return make(sum + a.small + 0, a.scale)
  }
  const scale = Math.max(a.scale, b.scale)
  return makeBig(bigAt(a, scale) + bigAt(b, scale), scale)
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) {
    const difference = a.small - b.small
    if (Math.abs(difference) <= maxSafe) return make(difference, a.scale)
  } else if (a.scale < b.scale) {
    const left = a.small * (powers[b.scale - a.scale] ?? Number.NaN)
    if (Math.abs(left) <= maxSafe && Math.abs(left - b.small) <= maxSafe) return make(left - b.small + 0, b.scale)
  }
  return addDecimals(a, negateDecimal(b))
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const product = a.small * b.small
  if (Math.abs(product) <= maxSafe) return make(product + 0, a.scale + b.scale)
  return makeBig(bigOf(a) * bigOf(b), a.scale + b.scale)
}

/** Rounded half away from zero to 12 decimals; null where `b` is zero. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal | null {
  if (b.small === 0) return null
  const places = powerOfTen(b.small)
  const shifted = places < 0 ? -1 : a.scale + places - b.scale
  if (shifted >= 0 && shifted <= quotientScale && a.big === undefined) return make(a.small, shifted)
  const exponent = quotientScale + b.scale - a.scale
  const numerator = exponent >= 0 ? a.small * (powers[exponent] ?? Number.NaN) : Number.NaN
  if (Math.abs(numerator) <= maxSafe && b.big === undefined) return divideSmall(numerator, b.small)
  const [top, bottom] =
    exponent >= 0 ? [bigOf(a) * bigPower(exponent), bigOf(b)] : [bigOf(a), bigOf(b) * bigPower(-exponent)]
  return strip(makeBig(divideHalfAway(top, bottom), quotientScale))
}

/** The remainder with the sign of `a`, exact; null where `b` is zero. */
export function remainderOfDecimals(a: Decimal, b: Decimal): Decimal | null {
  if (b.small === 0) return null
  const scale = Math.max(a.scale, b.scale)
  if (a.scale === b.scale && a.big === undefined && b.big === undefined) return make((a.small % b.small) + 0, scale)
  return makeBig(bigAt(a, scale) % bigAt(b, scale), scale)
}

/** Negative, zero or positive: by value, so 1.50 and 1.5 are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.scale === b.scale) {
    const difference = a.small - b.small
    if (!Number.isNaN(difference)) return difference
  } else {
    const left = a.scale < b.scale ? a.small * (powers[b.scale - a.scale] ?? Number.NaN) : a.small
    const right = b.scale < a.scale ? b.small * (powers[a.scale - b.scale] ?? Number.NaN) : b.small
    if (Math.abs(left) <= maxSafe && Math.abs(right) <= maxSafe) return left - right
  }
  const scale = Math.max(a.scale, b.scale)
  const difference = bigAt(a, scale) - bigAt(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function negateDecimal(d: Decimal): Decimal {
  return d.big === undefined ? make(0 - d.small, d.scale) : makeBig(-d.big, d.scale)
}

/** Digits of the shortest text, without sign, point and leading zeros; zeros before the point count: 1000 has 4, 0.05 has 1. */
export function significantDigits(d: Decimal): number {
  const coefficient = bigOf(strip(d))
  return coefficient === 0n ? 0 : String(coefficient < 0n ? -coefficient : coefficient).length
}

/** May a field of this scale hold it? At most 15 digits at that scale, after rounding. */
export function fitsScale(d: Decimal, scale: number): boolean {
  const scaled = toScaled(d, scale)
  return String(scaled < 0n ? -scaled : scaled).length <= storedDigits
}

/** The same value as a number where it is a whole safe one, else null. */
export function wholeNumber(d: Decimal): number | null {
  const value = strip(d)
  return value.scale === 0 && value.big === undefined ? value.small : null
}

function make(small: number, scale: number): Decimal {
  return new ExactDecimal(small, undefined, scale)
}

function makeBig(coefficient: bigint, scale: number): Decimal {
  if (coefficient <= maxSafeBig && coefficient >= -maxSafeBig) return make(Number(coefficient), scale)
  return new ExactDecimal(Number.NaN, coefficient, scale)
}

function ofDigits(negative: boolean, digits: string, scale: number): Decimal {
  if (digits.length <= storedDigits) return make(negative ? 0 - Number(digits) : Number(digits), scale)
  const coefficient = BigInt(digits)
  return makeBig(negative ? -coefficient : coefficient, scale)
}

function bigOf(d: Decimal): bigint {
  return d.big ?? BigInt(d.small)
}

function bigAt(d: Decimal, scale: number): bigint {
  return bigOf(d) * bigPower(scale - d.scale)
}

function bigPower(exponent: number): bigint {
  return 10n ** BigInt(exponent)
}

/** The same coefficient at another scale; a negative scale is written out as zeros. */
function shift(d: Decimal, scale: number): Decimal {
  if (scale < 0) return makeBig(bigOf(d) * bigPower(-scale), 0)
  return d.big === undefined ? stripSmall(d.small, scale) : stripBig(d.big, scale)
}

function strip(d: Decimal): Decimal {
  if (d.scale === 0) return d
  return d.big === undefined ? stripSmall(d.small, d.scale) : stripBig(d.big, d.scale)
}

function stripSmall(coefficient: number, scale: number): Decimal {
  let small = coefficient
  let places = scale
  while (places > 0 && small % 10 === 0) {
    small /= 10
    places -= 1
  }
  return make(small, small === 0 ? 0 : places)
}

function stripBig(coefficient: bigint, scale: number): Decimal {
  let big = coefficient
  let places = scale
  while (places > 0 && big % 10n === 0n) {
    big /= 10n
    places -= 1
  }
  return makeBig(big, places)
}

function divideSmall(numerator: number, denominator: number): Decimal {
  const rest = numerator % denominator
  const whole = (numerator - rest) / denominator
  const away = Math.abs(rest) >= Math.abs(denominator) - Math.abs(rest)
  return stripSmall(whole + (away ? Math.sign(numerator) * Math.sign(denominator) : 0) + 0, quotientScale)
}

function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const whole = numerator / denominator
  const rest = numerator % denominator
  const away = (rest < 0n ? -rest : rest) * 2n >= (denominator < 0n ? -denominator : denominator)
  return away ? whole + (numerator < 0n === denominator < 0n ? 1n : -1n) : whole
}

/** n where the value is 10^n, else −1. */
function powerOfTen(value: number): number {
  if (value === 100) return 2
  return powers.indexOf(value)
}
