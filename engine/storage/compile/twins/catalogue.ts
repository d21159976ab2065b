/** The SQL twin of every operator that may stand in a filter; a test compares it with the operators' own word. */
import * as aggregates from './aggregates.ts'
import * as arithmetic from './arithmetic.ts'
import * as comparing from './comparing.ts'
import * as dates from './dates.ts'
import * as logic from './logic.ts'
import * as texts from './texts.ts'
import { inTree, type TreeField } from './trees.ts'
import type { Twin } from './writer.ts'

const { sum, avg, count, some, every, min, max } = aggregates
const { abs, ceilOf, dividedBy, floorOf, minus, plus, remainderOf, roundTo, times } = arithmetic
const { equal, notEqual, order, within } = comparing
const { dateAdd, dateDiff, dateOf, day, month, now, today, weekday, year } = dates
const { and, coalesce, empty, ifThenElse, not, or } = logic
const { cat, contains, endsWith, length, lower, matchesEmail, startsWith, substr, trim, upper } = texts

export const twins: ReadonlyMap<string, Twin> = new Map<string, Twin>([
  ['if', ifThenElse],
  ['and', and],
  ['or', or],
  ['not', not],
  ['==', equal],
  ['!=', notEqual],
  ['in', within],
  ['<', order('<')],
  ['<=', order('<=')],
  ['>', order('>')],
  ['>=', order('>=')],
  ['+', plus],
  ['-', minus],
  ['*', times],
  ['/', dividedBy],
  ['%', remainderOf],
  ['floor', floorOf],
  ['ceil', ceilOf],
  ['abs', abs],
  ['round', roundTo],
  ['sum', sum],
  ['avg', avg],
  ['count', count],
  ['some', some],
  ['every', every],
  ['min', min],
  ['max', max],
  ['empty', empty],
  ['coalesce', coalesce],
  ['today', today],
  ['now', now],
  ['date_add', dateAdd],
  ['date_diff', dateDiff],
  ['date', dateOf],
  ['year', year],
  ['month', month],
  ['day', day],
  ['weekday', weekday],
  ['lower', lower],
  ['upper', upper],
  ['trim', trim],
  ['starts_with', startsWith],
  ['ends_with', endsWith],
  ['contains', contains],
  ['length', length],
  ['matches_email', matchesEmail],
  ['substr', substr],
  ['cat', cat],
])

/** Its twin depends on the form's tree field, so it is made per model. */
export const treeOperator = 'in_tree'

export function twinOf(operator: string, fieldOf: TreeField): Twin | undefined {
  return operator === treeOperator ? inTree(fieldOf) : twins.get(operator)
}
