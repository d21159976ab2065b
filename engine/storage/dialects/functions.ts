/** The functions that SQL twins call on SQLite: the same code as the closures, so that both give the same answer. */
import { hash } from 'node:crypto'
import type { Database as Sqlite } from 'better-sqlite3'
import { addToDate, type DateUnit, datetimeMs, diffDates, type TimeUnit, todayIn, weekdayOf } from '#base/dates.ts'
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  fitsScale,
  floorDecimal,
  formatDecimal,
  fromScaled,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  remainderOfDecimals,
  roundDecimal,
  subtractDecimals,
  toScaled,
} from '#base/decimal.ts'
import { compareTexts, isEmail, lowerText, partOfText, upperText } from '#expressions/texts.ts'
import { answersWord } from '../search-match.ts'
import { answersWaiting } from '../search-query.ts'

/** What SQLite hands over with safe integers on. */
type Raw = null | bigint | number | string | Buffer
type Answer = null | bigint | string

const options = { deterministic: true, safeIntegers: true } as const

/** Registers them on one connection. An exact number is its shortest decimal text; an empty argument gives an empty answer. */
export function registerFunctions(db: Sqlite): void {
  const define = (name: string, parameters: number, answer: (...args: never[]) => Answer) =>
    db.function(
      name,
      { ...options, varargs: false },
      withArity(parameters, nullSafe(answer as (...args: Raw[]) => Answer)),
    )
  define('fl_exact', 2, (coefficient: bigint, scale: bigint) => formatDecimal(fromScaled(coefficient, Number(scale))))
  define('fl_scaled', 2, (a: string, scale: bigint) => scaled(exact(a), Number(scale)))
  define('fl_whole', 1, (a: string) => whole(exact(a)))
  define('fl_add', 2, (a: string, b: string) => text(addDecimals(exact(a), exact(b))))
  define('fl_subtract', 2, (a: string, b: string) => text(subtractDecimals(exact(a), exact(b))))
  define('fl_multiply', 2, (a: string, b: string) => text(multiplyDecimals(exact(a), exact(b))))
  define('fl_divide', 2, (a: string, b: string) => text(divideDecimals(exact(a), exact(b))))
  define('fl_remainder', 2, (a: string, b: string) => text(remainderOfDecimals(exact(a), exact(b))))
  define('fl_round', 2, (a: string, digits: bigint) => text(roundDecimal(exact(a), Number(digits))))
  define('fl_floor', 1, (a: string) => text(floorDecimal(exact(a))))
  define('fl_ceil', 1, (a: string) => text(negateDecimal(floorDecimal(negateDecimal(exact(a))))))
  define('fl_abs', 1, (a: string) => (a.startsWith('-') ? a.slice(1) : a))
  define('fl_compare', 2, (a: string, b: string) => BigInt(Math.sign(compareDecimals(exact(a), exact(b)))))
  define('fl_sha256', 1, (a: string) => hash('sha256', a))
  define('fl_lower', 1, (a: string) => lowerText(a))
  define('fl_upper', 1, (a: string) => upperText(a))
  define('fl_is_email', 1, (a: string) => (isEmail(a) ? 1n : 0n))
  define('fl_part', 2, (a: string, start: string) => partOfText(a, position(start), null))
  define('fl_part_of', 3, (a: string, start: string, length: string) =>
    partOfText(a, position(start), position(length)),
  )
  define('fl_waiting', 2, (body: string, asked: string) => (answersWaiting(body, asked) ? 1n : 0n))
  define('fl_found', 3, (a: string, word: string, texture: string) => (answersWord(a, word, texture) ? 1n : 0n))
  define('fl_date_add', 3, (date: string, amount: string, unit: string) =>
    moved(date, exact(amount), unit as DateUnit | TimeUnit),
  )
  define('fl_date_diff', 3, (from: string, to: string, unit: string) =>
    BigInt(diffDates(from, to, unit as DateUnit | TimeUnit)),
  )
  define('fl_weekday', 1, (date: string) => BigInt(weekdayOf(date)))
  define('fl_day_in', 2, (moment: string, zone: string) => todayIn(zone, datetimeMs(moment)))
  registerExtremes(db)
  registerAggregates(db)
}

/** The smallest and greatest of any number of arguments; empties are skipped. */
function registerExtremes(db: Sqlite): void {
  const define = (name: string, better: (a: string, b: string) => boolean) =>
    db.function(name, { ...options, varargs: true }, (...args: unknown[]) =>
      args.reduce<string | null>((best, each) => pick(best, each as Raw, better), null),
    )
  define('fl_least', (a, b) => compareDecimals(exact(a), exact(b)) < 0)
  define('fl_greatest', (a, b) => compareDecimals(exact(a), exact(b)) > 0)
  define('fl_first', (a, b) => compareTexts(a, b) < 0)
  define('fl_last', (a, b) => compareTexts(a, b) > 0)
}

function registerAggregates(db: Sqlite): void {
  const extreme = (name: string, better: (a: string, b: string) => boolean) =>
    db.aggregate(name, {
      ...options,
      start: () => null as string | null,
      step: (best: string | null, each: Raw) => pick(best, each, better),
    })
  extreme('fl_smallest', (a, b) => compareDecimals(exact(a), exact(b)) < 0)
  extreme('fl_largest', (a, b) => compareDecimals(exact(a), exact(b)) > 0)
  db.aggregate<Decimal | string>('fl_sum', {
    ...options,
    start: () => zero,
    step: (sum, each) => (each === null ? sum : addDecimals(sum as Decimal, exact(String(each)))),
    result: (sum) => formatDecimal(sum as Decimal),
  })
}

const zero = fromScaled(0, 0)
const farAway = 1_000_000_000

function pick(best: string | null, each: Raw, better: (a: string, b: string) => boolean): string | null {
  if (each === null) return best
  const value = String(each)
  return best === null || better(value, best) ? value : best
}

function exact(a: string): Decimal {
  return parseDecimal(String(a)) ?? zero
}

function text(d: Decimal | null): string | null {
  return d === null ? null : formatDecimal(d)
}

function scaled(d: Decimal, scale: number): bigint | null {
  return fitsScale(d, scale) ? toScaled(d, scale) : null
}

function whole(d: Decimal): bigint | null {
  const rounded = toScaled(d, 0)
  return rounded <= Number.MAX_SAFE_INTEGER && rounded >= -Number.MAX_SAFE_INTEGER ? rounded : null
}

function position(a: string): number {
  const whole = Number(toScaled(exact(a), 0))
  return Math.max(Math.min(whole, farAway), -farAway)
}

function moved(date: string, amount: Decimal, unit: DateUnit | TimeUnit): string | null {
  const by = toScaled(amount, 0)
  return by > Number.MAX_SAFE_INTEGER || by < -Number.MAX_SAFE_INTEGER ? null : addToDate(date, Number(by), unit)
}

function nullSafe(answer: (...args: Raw[]) => Answer): (...args: Raw[]) => Answer {
  return (...args) => (args.includes(null) ? null : answer(...args))
}

/** SQLite reads the number of parameters from the function's own length. */
function withArity(parameters: number, answer: (...args: Raw[]) => Answer): (...args: unknown[]) => Answer {
  switch (parameters) {
    case 1:
      return (a) => answer(a as Raw)
    case 2:
      return (a, b) => answer(a as Raw, b as Raw)
    default:
      return (a, b, c) => answer(a as Raw, b as Raw, c as Raw)
  }
}
