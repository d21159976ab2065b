/** What the date operators share: the unit, which is a literal, and reading a part of a date. */
import { type DateUnit, dateUnits, type TimeUnit, timeUnits } from '#base/dates.ts'
import type { Evaluate, Node, Site } from './node.ts'

const units: readonly string[] = dateUnits
const momentUnits: readonly string[] = [...dateUnits, ...timeUnits]

/** The third argument is the text of a unit that the first one knows. */
export function checkUnit(site: Site): boolean {
  const [date, , unit] = site.args
  const known = date?.type.is === 'date' ? units : momentUnits
  if (unit?.kind === 'literal' && typeof unit.value === 'string' && known.includes(unit.value)) return true
  site.report('unit-expected', { units: known }, 2)
  return false
}

export function unitOf(nodes: readonly Node[]): DateUnit | TimeUnit {
  const unit = nodes[2]
  return (unit?.kind === 'literal' ? unit.value : 'day') as DateUnit | TimeUnit
}

export function compileDatePart(args: readonly Evaluate[], part: (date: string) => number): Evaluate {
  const [inner] = args as [Evaluate]
  return (scope) => {
    const date = inner(scope)
    return typeof date === 'string' ? part(date) : null
  }
}
