/** Arithmetic of evaluations: whole numbers stay JavaScript numbers while they are safe, everything else is an exact decimal. */
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  floorDecimal,
  multiplyDecimals,
  negateDecimal,
  remainderOfDecimals,
  roundDecimal,
  subtractDecimals,
  wholeNumber,
} from '#base/decimal.ts'
import type { Value } from './expression.ts'

/** A safe whole number, or a decimal. */
export type Numeric = number | Decimal

const maxSafe = Number.MAX_SAFE_INTEGER

export function toDecimal(value: Numeric): Decimal {
  return typeof value === 'number' ? decimalOf(value) : value
}

export function add(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number' && typeof b !== 'number') return addDecimals(a, b)
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= maxSafe && sum >= -maxSafe) return sum
  }
  return addDecimals(toDecimal(a), toDecimal(b))
}

export function subtract(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number' && typeof b !== 'number') return subtractDecimals(a, b)
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (difference <= maxSafe && difference >= -maxSafe) return difference
  }
  return subtractDecimals(toDecimal(a), toDecimal(b))
}

export function multiply(a: Numeric, b: Numeric): Numeric {
  if (typeof a !== 'number' && typeof b !== 'number') return multiplyDecimals(a, b)
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    if (product <= maxSafe && product >= -maxSafe) return product + 0
  }
  return multiplyDecimals(toDecimal(a), toDecimal(b))
}

export function divide(a: Numeric, b: Numeric): Numeric | null {
  return divideDecimals(toDecimal(a), toDecimal(b))
}

export function remainder(a: Numeric, b: Numeric): Numeric | null {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? null : (a % b) + 0
  return remainderOfDecimals(toDecimal(a), toDecimal(b))
}

export function negate(a: Numeric): Numeric {
  return typeof a === 'number' ? 0 - a : negateDecimal(a)
}

export function absolute(a: Numeric): Numeric {
  return compare(a, 0) < 0 ? negate(a) : a
}

/** Half away from zero; `digits` may be negative. */
export function round(a: Numeric, digits: number): Numeric {
  if (typeof a === 'number' && digits >= 0) return a
  const rounded = roundDecimal(toDecimal(a), digits)
  return digits <= 0 ? narrow(rounded) : rounded
}

export function floor(a: Numeric): Numeric {
  return typeof a === 'number' ? a : narrow(floorDecimal(a))
}

export function ceil(a: Numeric): Numeric {
  return typeof a === 'number' ? a : narrow(negateDecimal(floorDecimal(negateDecimal(a))))
}

/** Negative, zero, positive. */
export function compare(a: Numeric, b: Numeric): number {
  if (typeof a !== 'number' && typeof b !== 'number') return compareDecimals(a, b)
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return compareDecimals(toDecimal(a), toDecimal(b))
}

/** As a JavaScript number, for positions and counts; null where it is empty or beyond the safe range. */
export function wholeOf(value: Value): number | null {
  return typeof value === 'object' && value !== null ? wholeNumber(value as Decimal) : (value as number | null)
}

/** A number of a typed row or literal, or null. */
export function numeric(value: Value): Numeric | null {
  return value as Numeric | null
}

function narrow(value: Decimal): Numeric {
  return wholeNumber(value) ?? value
}
