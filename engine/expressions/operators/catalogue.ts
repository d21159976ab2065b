/** Every operator of the language, in the order of the function cards. A folder entry that is missing here fails a test. */
import type { Operator } from '../node.ts'
import { abs } from './abs.ts'
import { and } from './and.ts'
import { avg } from './avg.ts'
import { cat } from './cat.ts'
import { ceilOf } from './ceil.ts'
import { changed } from './changed.ts'
import { coalesce } from './coalesce.ts'
import { contains } from './contains.ts'
import { count } from './count.ts'
import { dateOf } from './date.ts'
import { dateAdd } from './date-add.ts'
import { dateDiff } from './date-diff.ts'
import { day } from './day.ts'
import { dividedBy } from './divide.ts'
import { empty } from './empty.ts'
import { endsWith } from './ends-with.ts'
import { equal } from './equal.ts'
import { every } from './every.ts'
import { floorOf } from './floor.ts'
import { greater } from './greater.ts'
import { greaterOrEqual } from './greater-or-equal.ts'
import { ifThenElse } from './if.ts'
import { within } from './in.ts'
import { inTree } from './in-tree.ts'
import { length } from './length.ts'
import { less } from './less.ts'
import { lessOrEqual } from './less-or-equal.ts'
import { lower } from './lower.ts'
import { matchesEmail } from './matches-email.ts'
import { max } from './max.ts'
import { min } from './min.ts'
import { minus } from './minus.ts'
import { month } from './month.ts'
import { not } from './not.ts'
import { notEqual } from './not-equal.ts'
import { now } from './now.ts'
import { or } from './or.ts'
import { plus } from './plus.ts'
import { remainderOf } from './remainder.ts'
import { roundTo } from './round.ts'
import { some } from './some.ts'
import { startsWith } from './starts-with.ts'
import { substr } from './substr.ts'
import { sum } from './sum.ts'
import { times } from './times.ts'
import { today } from './today.ts'
import { trim } from './trim.ts'
import { upper } from './upper.ts'
import { weekday } from './weekday.ts'
import { year } from './year.ts'

export const operators: readonly Operator[] = [
  ifThenElse,
  and,
  or,
  not,
  equal,
  notEqual,
  less,
  lessOrEqual,
  greater,
  greaterOrEqual,
  within,
  plus,
  minus,
  times,
  dividedBy,
  remainderOf,
  floorOf,
  ceilOf,
  abs,
  roundTo,
  sum,
  avg,
  count,
  some,
  every,
  min,
  max,
  empty,
  coalesce,
  changed,
  today,
  now,
  dateAdd,
  dateDiff,
  year,
  month,
  day,
  weekday,
  dateOf,
  lower,
  upper,
  trim,
  startsWith,
  endsWith,
  contains,
  length,
  matchesEmail,
  substr,
  cat,
  inTree,
]

const byName: ReadonlyMap<string, Operator> = new Map(operators.map((operator) => [operator.name, operator]))

export function operatorOf(name: string): Operator | undefined {
  return byName.get(name)
}
